namespace ActorPool.Hocon.Tests.Specification;

/// <summary>The section <i>Value concatenation</i>, and <i>The += field separator</i>.</summary>
public sealed class ConcatenationTests
{
    [Theory]
    [InlineData("a =  foo bar baz ", "foo bar baz")]
    [InlineData("a = foo  \t bar", "foo  \t bar")]
    [InlineData("a = foo bar # baz", "foo bar")]
    [InlineData("a = true \"xyz\" 123 foo", "true xyz 123 foo")]
    [InlineData("a = null bar 42 baz true 3.14 hi", "null bar 42 baz true 3.14 hi")]
    [InlineData("a = 1e5 ", "1e5")]
    [InlineData("a = 1e5 x", "1e5 x")]
    [InlineData("a = \"x\"y\"z\"", "xyz")]
    [InlineData("a = \" x \"  y", " x   y")]
    [InlineData("a = ${x}foo, x = 1", "1foo")]
    [InlineData("a = ${x}foo${x}, x = 1", "1foo1")]
    [InlineData("a = ${x} ${x}, x = yes", "yes yes")]
    [InlineData("a = http\"://\"${host}\":80\", host = h", "http://h:80")]
    [InlineData("a = foo${?bar}", "foo")]
    [InlineData("a = ${?foo} ${?bar}", " ")]
    [InlineData("a = \"\"${?foo}${?bar}", "")]
    [InlineData("a = ${n}x, n = null", "nullx")]
    public void Simple_values_on_a_line_are_one_string(string text, string value) =>
        Assert.Equal(value, HoconParser.Parse(text, Hocon.NoEnvironment).Find("a")!.AsString());

    [Theory]
    [InlineData("a : [1,2] [3,4]", "[1,2,3,4]")]
    [InlineData("a : [1,2\n] [3,4]", "[1,2,3,4]")]
    [InlineData("a : [1,2][3][]", "[1,2,3]")]
    [InlineData("a : ${x} [3,4] ${y}, x : [1,2], y : [5,6]", "[1,2,3,4,5,6]")]
    [InlineData("a : [1, 2], a : ${a} [3,4], a : ${a} [5,6]", "[1,2,3,4,5,6]")]
    [InlineData("a : ${x}${x}${x}, x : [1]", "[1,1,1]")]
    [InlineData("a : [1] ${?bar}", "[1]")]
    [InlineData("a : ${?bar} [1]", "[1]")]
    [InlineData("a : [ [1, 2] [3, 4] ]", "[[1,2,3,4]]")]
    [InlineData("a : [ [1, 2]\n [3, 4] ]", "[[1,2],[3,4]]")]
    [InlineData("a : [ 1 2 3 4 ]", "[\"1 2 3 4\"]")]
    [InlineData("a : [ 1\n 2\n 3\n 4 ]", "[1,2,3,4]")]
    [InlineData("a : [ ${x} ${x}, ${x} y ], x : 1", "[\"1 1\",\"1 y\"]")]
    public void Arrays_on_a_line_are_one_array(string text, string json) =>
        Assert.Equal(json, HoconParser.Parse(text, Hocon.NoEnvironment).Find("a")!.Render());

    [Theory]
    [InlineData("a : { b : c } { x : y }", """{"b":"c","x":"y"}""")]
    [InlineData("a : { b : 1 } { b : 2 } { b : 3 } { b : 4 }", """{"b":4}""")]
    [InlineData("a : { b : 1 }\n a : { c : 2 }", """{"b":1,"c":2}""")]
    [InlineData("a : ${x} { b : 1 } ${y}, x : { a : 0 }, y : { c : 2 }", """{"a":0,"b":1,"c":2}""")]
    [InlineData("a : { a : 0 }, a : ${a} { b : 1 }, a : ${a} { c : 2 }", """{"a":0,"b":1,"c":2}""")]
    [InlineData("a : { b : 3 }, a : { b : 2 } ${a}", """{"b":3}""")]
    [InlineData("g = {size = 6}, a = ${g} { name = \"east\" }", """{"size":6,"name":"east"}""")]
    [InlineData("a = ${foo}${bar}, foo = { a : 1}, bar = { b : 2 }", """{"a":1,"b":2}""")]
    [InlineData("a = ${foo} ${bar}, foo = { a : 1}, bar = { b : 2 }", """{"a":1,"b":2}""")]
    [InlineData("a { b : 1 } { c : 2 }", """{"b":1,"c":2}""")]
    [InlineData("a : { x : foo } ${?bar}", """{"x":"foo"}""")]
    public void Objects_on_a_line_are_one_object(string text, string json) =>
        Assert.Equal(json, HoconParser.Parse(text, Hocon.NoEnvironment).Find("a")!.Render());

    [Theory]
    [InlineData("a : abc { x : y }", 9, "a string with an object")]
    [InlineData("a : null { x : y }", 10, "null with an object")]
    [InlineData("a : abc [1, 2]", 9, "a string with an array")]
    [InlineData("a : [1] {b: 2}", 9, "an array with an object")]
    [InlineData("a : [1] \" \" [2]", 9, "an array with a string")]
    [InlineData("a : abc ${x}, x : { y : z }", 5, "an object with a string")]
    [InlineData("a : abc ${x}, x : [1,2]", 5, "an array with a string")]
    [InlineData("a : [1] ${x}, x : 2", 9, "an array with a number")]
    [InlineData("a : [1] ${x}, x : {b: 1}", 9, "an array with an object")]
    [InlineData("a : {b: 1} ${x}, x : true", 12, "an object with a boolean")]
    [InlineData("a = 10, a += 2", 14, "an array with a number")]
    [InlineData("a = {x: y}, a += 2", 18, "an array with an object")]
    public void Different_kinds_do_not_go_together(string text, int column, string what)
    {
        var error = Hocon.Refused(text);

        Assert.Equal($"text:1:{column}: expected only texts, only arrays or only objects one after the other, found {what}", error.Message);
    }

    [Theory]
    [InlineData("a : ${x}\n foo, x = 1")]
    [InlineData("a : [1,2]\n [3,4]")]
    [InlineData("a : { b : c }\n { x : y }")]
    public void Nothing_is_joined_over_the_end_of_a_line(string text) => Assert.Equal(2, Hocon.Refused(text).Line);

    [Theory]
    [InlineData("a = [], a += 2", "[2]")]
    [InlineData("a += 2", "[2]")]
    [InlineData("a = [1], a += 2", "[1,2]")]
    [InlineData("a += 1, a += 2, a += 3", "[1,2,3]")]
    [InlineData("a += {b: 1}, a += {b: 2}", """[{"b":1},{"b":2}]""")]
    [InlineData("a += [1], a += x y", """[[1],"x y"]""")]
    [InlineData("a = ${x}, a += ${y}, x = [1], y = 2", "[1,2]")]
    [InlineData("a = [0], a = null, a = [1], a += 2", "[1,2]")]
    public void Plus_equals_appends(string text, string json) =>
        Assert.Equal(json, HoconParser.Parse(text, Hocon.NoEnvironment).Find("a")!.Render());

    [Theory]
    [InlineData("a.b.c = [1], a.b.c += 2", """{"a":{"b":{"c":[1,2]}}}""")]
    [InlineData("a { b { c = [1] } }, a { b { c += 2 } }", """{"a":{"b":{"c":[1,2]}}}""")]
    [InlineData("x { a += 1, a += 2, a += 3 }", """{"x":{"a":[1,2,3]}}""")]
    [InlineData("x = [ { a += 1, a += 2 } { a += 3 } ]", """{"x":[{"a":[1,2,3]}]}""")]
    [InlineData("x += { a += 1, a += 2 }", """{"x":[{"a":[1,2]}]}""")]
    [InlineData("b { l = [1] }, x = [ ${b} { l += 2 } ]", """{"b":{"l":[1]},"x":[{"l":[1,2]}]}""")]
    [InlineData("d { x = [] }, c : ${d}, c { x += 1, x += 2 }", """{"d":{"x":[]},"c":{"x":[1,2]}}""")]
    [InlineData("d { x = [0] }, c = ${d} { x += 1 }", """{"d":{"x":[0]},"c":{"x":[0,1]}}""")]
    [InlineData("c = { x += 1 }, d = { x = [0] } ${c}", """{"c":{"x":[1]},"d":{"x":[1]}}""")]
    [InlineData("c { x: [], x : ${c.x}[1], x : ${c.x}[2] }", """{"c":{"x":[1,2]}}""")]
    [InlineData("d { x = [] }, c : ${d}, c { x : ${c.x}[1], x : ${c.x}[2] }", """{"d":{"x":[]},"c":{"x":[1,2]}}""")]
    [InlineData("{ r: { d.x=[] }, q: ${r}, q : { d { x = [] }, c : ${q.d}, c { x : ${q.c.x}[1], x : ${q.c.x}[2] } } }", """{"r":{"d":{"x":[]}},"q":{"d":{"x":[]},"c":{"x":[1,2]}}}""")]
    public void Appending_works_wherever_the_array_came_from(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Fact]
    public void Plus_equals_does_not_ask_the_environment() =>
        Assert.Equal("""{"PATH":["x"]}""", Hocon.Json("PATH += x", Hocon.With(("PATH", "/bin"))));

    [Theory]
    [InlineData("""a = ["x"] ${o}, o { "10": c, "2": b, "0": a, k: no, "-1": no }""", """["x","a","b","c"]""")]
    [InlineData("""o { "0": a }, a = ${o}, a += b""", """["a","b"]""")]
    [InlineData("o.0 = a, o.1 = b, o.1 = c, a = ${o} []", """["a","c"]""")]
    public void An_object_with_numbers_as_keys_is_an_array_where_one_is_needed(string text, string json) =>
        Assert.Equal(json, HoconParser.Parse(text, Hocon.NoEnvironment).Find("a")!.Render());
}
