namespace ActorPool.Hocon.Tests.Specification;

/// <summary>The sections <i>Substitutions</i>, <i>Self-Referential Substitutions</i> and <i>Substitution fallback to environment variables</i>.</summary>
public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("a = ${b}, b = 1", """{"a":1,"b":1}""")]
    [InlineData("a = ${b.c}, b { c = [true, null] }", """{"a":[true,null],"b":{"c":[true,null]}}""")]
    [InlineData("a=1,b=${a},a=2", """{"a":2,"b":2}""")]
    [InlineData("a = ${\"b.c\".\"\"}, \"b.c\" { \"\" = 1 }", """{"a":1,"b.c":{"":1}}""")]
    [InlineData("a = ${ b c }, b c = 1", """{"a":1,"b c":1}""")]
    [InlineData("foo : ${bar}, bar : ${a.b.c}, a : { b : { c : 57 } }", """{"foo":57,"bar":57,"a":{"b":{"c":57}}}""")]
    [InlineData("a = \"${b}\"", "{\"a\":\"${b}\"}")]
    [InlineData("a = ${b}, b = null", """{"a":null,"b":null}""")]
    [InlineData("a = [${b}, ${?c}, 2], b = 1", """{"a":[1,2],"b":1}""")]
    [InlineData("a = {x: 1}, b = ${a}, b.x = 2", """{"a":{"x":1},"b":{"x":2}}""")]
    public void A_substitution_takes_the_final_value(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("a = ${?b}", "{}")]
    [InlineData("a = 1, a = ${?b}", """{"a":1}""")]
    [InlineData("a = {x: 1}, a = ${?b}", """{"a":{"x":1}}""")]
    [InlineData("a = [1, ${?b}]", """{"a":[1]}""")]
    [InlineData("a = ${?b}${?c}", "{}")]
    [InlineData("a = 1, a = ${?b}, b = 2", """{"a":2,"b":2}""")]
    [InlineData("a = {b: 1}, a = ${?c}, c = 2", """{"a":2,"c":2}""")]
    [InlineData("a : ${?m}, b : ${?x.m}, c : ${?b}, d : ${?c}", "{}")]
    public void An_optional_substitution_that_finds_nothing_is_not_there(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("path : \"a:b:c\"\npath : ${path}\":d\"", """{"path":"a:b:c:d"}""")]
    [InlineData("foo : { a : 1 }, foo : ${foo}", """{"foo":{"a":1}}""")]
    [InlineData("foo : { a : { c : 1 } }\nfoo : ${foo.a}\nfoo : { a : 2 }", """{"foo":{"a":2,"c":1}}""")]
    [InlineData("bar : { foo : 42, baz : ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""")]
    [InlineData("bar : { foo : 42, baz : ${bar.foo} }, bar : { foo : 43 }", """{"bar":{"foo":43,"baz":43}}""")]
    [InlineData("bar : { foo : 43 }, bar : { foo : 42, baz : ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""")]
    [InlineData("bar : 101, bar : { foo : 42, baz : ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""")]
    [InlineData("bar : { a : ${foo.d}, b : 1 }, bar.b = 3, foo : { c : ${bar.b}, d : 2 }, foo.d = 4", """{"bar":{"a":4,"b":3},"foo":{"c":3,"d":4}}""")]
    [InlineData("a = ${?a}foo", """{"a":"foo"}""")]
    [InlineData("a = ${?a}foo${?a}", """{"a":"foo"}""")]
    [InlineData("a = 1, a = ${?a}foo${?a}", """{"a":"1foo1"}""")]
    [InlineData("foo : ${?foo}", "{}")]
    [InlineData("foo : ${does-not-exist}, foo : 42", """{"foo":42}""")]
    [InlineData("foo : ${foo}, foo : 42", """{"foo":42}""")]
    [InlineData("a=1, a=${a}, a=2", """{"a":2}""")]
    [InlineData("a={b=5}, a=${a}, a={c=6}", """{"a":{"b":5,"c":6}}""")]
    [InlineData("a=1, a=${?a}, a=2", """{"a":2}""")]
    [InlineData("a=1, a=2, a=${a}", """{"a":2}""")]
    [InlineData("a=1,a=${a},a=${a},a=${a}", """{"a":1}""")]
    [InlineData("a=1,a=${a}x,a=${a}y,a=${a}z", """{"a":"1xyz"}""")]
    [InlineData("a.b=1, a.b=${a.b}", """{"a":{"b":1}}""")]
    [InlineData("a.b={c=5}, a.b=${a.b}", """{"a":{"b":{"c":5}}}""")]
    [InlineData("a={b={c=5}}, a=${a.b}, a={b=2}", """{"a":{"b":2,"c":5}}""")]
    [InlineData("a={b={c=5}}, a={ x : ${a.b} }, a={b=2}", """{"a":{"b":2,"x":2}}""")]
    [InlineData("a=1, b=${a}, a=${b}", """{"a":1,"b":1}""")]
    [InlineData("a=1, b=2, a=${b}, b=${a}", """{"a":1,"b":1}""")]
    [InlineData("a=1, b=${c}, c=${a}, a=${b}", """{"a":1,"b":1,"c":1}""")]
    [InlineData("a=1, b=${a}foo, a=${b}", """{"a":"1foo","b":"1foo"}""")]
    [InlineData("a=${?b}foo, b=${?a}", """{"a":"foo"}""")]
    [InlineData("a={b=5}, a=${a}foo, a={c=1}", null)]
    public void A_self_reference_looks_back(string text, string? json)
    {
        if (json is null)
        {
            Hocon.Refused(text);
            return;
        }

        Assert.Equal(json, Hocon.Json(text));
    }

    [Theory]
    [InlineData("foo : ${a.b.c}, a : { b : { c : 42, cycle : ${foo} }, cycle : ${foo} }", """{"foo":42,"a":{"b":{"c":42,"cycle":42},"cycle":42}}""")]
    [InlineData("d { a = 1, b = 2 }, i1 = ${d}, i1.b = 3, i2.b = ${i1.b}", """{"d":{"a":1,"b":2},"i1":{"a":1,"b":3},"i2":{"b":3}}""")]
    [InlineData("d { a = 1, b = 2 }, i1 = ${d}, i1.b = {c: 43}, i2.b = ${i1.b}", """{"d":{"a":1,"b":2},"i1":{"a":1,"b":{"c":43}},"i2":{"b":{"c":43}}}""")]
    [InlineData("d { a = 1, b = 2 }, i1.b = 7, i1 = ${d}, i2.b = ${i1.b}", """{"d":{"a":1,"b":2},"i1":{"b":2,"a":1},"i2":{"b":2}}""")]
    [InlineData("a = ${x}, x = {y: ${a.z}, z: 1}", """{"a":{"y":1,"z":1},"x":{"y":1,"z":1}}""")]
    public void What_is_not_needed_for_a_path_is_no_circle(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("a : ${a}", "${a}")]
    [InlineData("foo : ${foo}, foo : { a : 1 }", "${foo}")]
    [InlineData("bar : ${foo}, foo : ${bar}", "${bar}")]
    [InlineData("a : ${b}, b : ${c}, c : ${a}", "${a}")]
    [InlineData("a:${b},b:${c},c:${d},d:${a}x", "${a}")]
    [InlineData("foo : ${bar}, bar : ${a.b.c}, a : { b : { c : ${foo} } }", "${foo}")]
    public void A_circle_of_substitutions_is_told(string text, string reference)
    {
        var error = Hocon.Refused(text);

        Assert.Contains($"{reference} leads back to itself, and there is no earlier value to take instead", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_links_of_a_circle_are_told() => Assert.Equal(
        "text:3:5: ${a} leads back to itself, and there is no earlier value to take instead; "
        + "on the way: ${b} at text:1:5, ${c} at text:2:5, ${a} at text:3:5",
        Hocon.Refused("a = ${b}\nb = ${c}\nc = ${a}").Message);

    [Theory]
    [InlineData("a : { b : ${a} }", "${a}")]
    [InlineData("a : [${a}]", "${a}")]
    [InlineData("a=1, a=[${a}, 2]", "${a}")]
    [InlineData("a : { b : ${c} }, c : { d : ${a} }", "${a}")]
    [InlineData("a : { b : [ { c : ${a.b} } ] }", "${a.b}")]
    [InlineData("a : { k : ${a} { x : 1 } }", "${a}")]
    public void What_would_contain_itself_is_refused(string text, string reference) =>
        Assert.EndsWith($": {reference} would be put into itself, without end", Hocon.Refused(text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a : { b : ${?a} }", """{"a":{}}""")]
    [InlineData("a : [${?a}, 1]", """{"a":[1]}""")]
    [InlineData("a : { b : ${c} }, c : { d : ${?a} }", """{"a":{"b":{}},"c":{}}""")]
    [InlineData("a : { b : 1, b : ${?a} }", """{"a":{"b":1}}""")]
    [InlineData("foo : ${?bar}, bar : ${?a.b.c}, a : { b : { c : ${?foo} } }", """{"a":{"b":{}}}""")]
    public void An_optional_substitution_that_closes_a_circle_is_not_there(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("a = ${HOME_OF_A}", """{"a":"/here"}""")]
    [InlineData("a = ${?HOME_OF_A}/x", """{"a":"/here/x"}""")]
    [InlineData("HOME_OF_A = null, a = ${HOME_OF_A}", """{"HOME_OF_A":null,"a":null}""")]
    [InlineData("HOME_OF_A = 1, a = ${HOME_OF_A}", """{"HOME_OF_A":1,"a":1}""")]
    [InlineData("HOME_OF_A = ${HOME_OF_A}\"/y\"", """{"HOME_OF_A":"/here/y"}""")]
    [InlineData("a = ${EMPTY}", """{"a":""}""")]
    [InlineData("a = ${a.b}", """{"a":"dots"}""")]
    [InlineData("a = ${PORT}", """{"a":"80"}""")]
    [InlineData("a = [x] ${?LIST}", null)]
    [InlineData("a = ${LIST[]}", """{"a":["l0","l1"]}""")]
    [InlineData("a = ${?LIST[]} [x]", """{"a":["l0","l1","x"]}""")]
    [InlineData("a = ${?PORT[]}", "{}")]
    [InlineData("a = [0], a = ${?NO[]}", """{"a":[0]}""")]
    [InlineData("LIST = [1], a = ${LIST[]}", """{"LIST":[1],"a":[1]}""")]
    public void What_the_configuration_does_not_have_comes_from_the_environment(string text, string? json)
    {
        var environment = Hocon.With(
            ("HOME_OF_A", "/here"), ("EMPTY", ""), ("a.b", "dots"), ("PORT", "80"), ("LIST", "l"), ("LIST_0", "l0"), ("LIST_1", "l1"), ("LIST_3", "l3"));
        if (json is null)
        {
            Hocon.Refused(text, environment);
            return;
        }

        Assert.Equal(json, Hocon.Json(text, environment));
    }

    [Fact]
    public void The_default_environment_is_that_of_the_process()
    {
        var name = $"HOCON_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "x");

        Assert.Equal("x", HoconParser.Parse($"a = ${{{name}}}").Find("a")!.AsString());
    }

    [Theory]
    [InlineData("db { host = h }\na = ${db.hots}", "text:2:5: ${db.hots} is not set, neither in the configuration nor in the environment; the nearest is db.host")]
    [InlineData("db { host = h }\na = ${bd.host}", "text:2:5: ${bd.host} is not set, neither in the configuration nor in the environment; the nearest is db")]
    [InlineData("dbs { host = h }\na = ${db.host}", "text:2:5: ${db.host} is not set, neither in the configuration nor in the environment; the nearest is dbs")]
    [InlineData("db { host = h }\na = ${db.password}", "text:2:5: ${db.password} is not set, neither in the configuration nor in the environment; there is db, without password in it")]
    [InlineData("db { host = h }\na = ${Db.host}", "text:2:5: ${Db.host} is not set, neither in the configuration nor in the environment; the nearest is db")]
    [InlineData("base { host = h }\ndb = ${base} { port = 1 }\na = ${db.hosts}", "text:3:5: ${db.hosts} is not set, neither in the configuration nor in the environment; the nearest is db.host")]
    [InlineData("a = ${NO[]}", "text:1:5: ${NO[]} is not set: neither in the configuration, nor as NO_0 in the environment")]
    [InlineData("a = 1\nb = ${?x}${a.\"b c\"}", "text:2:10: ${a.\"b c\"} is not set, neither in the configuration nor in the environment; there is a, without \"b c\" in it")]
    public void What_is_not_found_is_named_with_the_nearest_there_is(string text, string message) => Assert.Equal(message, Hocon.Refused(text).Message);

    [Theory]
    [InlineData("[${]", 4, "expected the path of a substitution, found ']'")]
    [InlineData("[$]", 2, "expected ${ of a substitution, found '$' alone")]
    [InlineData("[${}]", 4, "expected the path of a substitution, found '}'")]
    [InlineData("[${?}]", 5, "expected the path of a substitution, found '}'")]
    [InlineData("[${ ?foo}]", 5, "expected the path of a substitution, found '?'")]
    [InlineData("[${a${b}}]", 5, "expected } to close the ${ opened at 1:2, found '$'")]
    [InlineData("[${a", 5, "expected } to close the ${ opened at 1:2, found the end of the text")]
    [InlineData("[${a\n}]", 5, "expected } to close the ${ opened at 1:2, found the end of the line")]
    [InlineData("[${a # b\n}]", 6, "expected } to close the ${ opened at 1:2, found '#'")]
    [InlineData("[${a..b}]", 6, "expected a key between the points of the path of a substitution, found nothing")]
    public void A_substitution_has_one_path_in_braces(string text, int column, string problem)
    {
        var error = Hocon.Refused(text);

        Assert.Equal(column, error.Column);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
