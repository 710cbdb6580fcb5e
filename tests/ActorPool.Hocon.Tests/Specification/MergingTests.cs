namespace ActorPool.Hocon.Tests.Specification;

/// <summary>The sections <i>Duplicate keys and object merging</i>, <i>Path expressions</i> and <i>Paths as keys</i>.</summary>
public sealed class MergingTests
{
    [Theory]
    [InlineData("foo: {a: 42}, foo: {b: 43}", """{"foo":{"a":42,"b":43}}""")]
    [InlineData("foo: {a: 42}, foo: null, foo: {b: 43}", """{"foo":{"b":43}}""")]
    [InlineData("foo: {a: 42}, foo: 7", """{"foo":7}""")]
    [InlineData("foo: 7, foo: {a: 42}", """{"foo":{"a":42}}""")]
    [InlineData("foo: [1], foo: [2]", """{"foo":[2]}""")]
    [InlineData("a {b {c=1}}, a {b {d=2}, b {c=3}}", """{"a":{"b":{"c":3,"d":2}}}""")]
    [InlineData("a=1,A=2", """{"a":1,"A":2}""")]
    public void The_later_key_wins_and_objects_are_merged(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("foo.bar : 42", """{"foo":{"bar":42}}""")]
    [InlineData("foo.bar.baz : 42", """{"foo":{"bar":{"baz":42}}}""")]
    [InlineData("a.x : 42, a.y : 43", """{"a":{"x":42,"y":43}}""")]
    [InlineData("a b c : 42", """{"a b c":42}""")]
    [InlineData("true : 42", """{"true":42}""")]
    [InlineData("3 : 42", """{"3":42}""")]
    [InlineData("3.14 : 42", """{"3":{"14":42}}""")]
    [InlineData("1.2.3 : 42", """{"1":{"2":{"3":42}}}""")]
    [InlineData("10.0foo : 42", """{"10":{"0foo":42}}""")]
    [InlineData("foo10.0 : 42", """{"foo10":{"0":42}}""")]
    [InlineData("foo\"10.0\" : 42", """{"foo10.0":42}""")]
    [InlineData("foo.bar.\"hello.world\" : 42", """{"foo":{"bar":{"hello.world":42}}}""")]
    [InlineData("a.\"\".b : 42", """{"a":{"":{"b":42}}}""")]
    [InlineData("\"\" : 42", """{"":42}""")]
    [InlineData("\"a\".\"b\" : 42", """{"a":{"b":42}}""")]
    [InlineData("\"\"\"a.b\"\"\".c : 42", """{"a.b":{"c":42}}""")]
    [InlineData("10e+3 : 42", """{"10e+3":42}""")]
    [InlineData("foo include : 42", """{"foo include":42}""")]
    [InlineData("\"include\" : 42", """{"include":42}""")]
    [InlineData("includes : 42", """{"includes":42}""")]
    [InlineData("include.a : 42", """{"include":{"a":42}}""")]
    [InlineData("a.b.c.d : {a:1, z:101}, a.b.c : {q:301}, a.b.c.d \n\n: {b:2}, a.b.c.d.a = 5", """{"a":{"b":{"c":{"d":{"a":5,"z":101,"b":2},"q":301}}}}""")]
    public void A_path_as_a_key_makes_objects(string text, string json) => Assert.Equal(json, Hocon.Json(text));

    [Theory]
    [InlineData("a..b : 1", 3)]
    [InlineData(".a : 1", 1)]
    [InlineData("a. : 1", 3)]
    [InlineData("a.\"b\". : 1", 7)]
    [InlineData(". : 1", 1)]
    public void An_empty_key_must_be_in_quotes(string text, int column)
    {
        var error = Hocon.Refused(text);

        Assert.Equal(column, error.Column);
        Assert.EndsWith("an empty key is written \"\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_cannot_have_a_substitution_in_it() => Assert.Equal(
        "text:2:1: expected a key, found '$': a key cannot have a substitution in it", Hocon.Refused("a=1\n${a} = 2").Message);

    [Fact]
    public void A_key_is_written_where_it_got_its_value()
    {
        var root = HoconParser.Parse("a {\n  b = 1\n  b = 2 }\na.c.d = ${?nothing}\na.\n".Replace("a.\n", "", StringComparison.Ordinal)).AsObject();
        var a = root["a"].AsObject();

        Assert.Equal(new HoconOrigin(null, 1, 1), root.OriginOf("a"));
        Assert.Equal(new HoconOrigin(null, 3, 3), a.OriginOf("b"));
        Assert.Equal(new HoconOrigin(null, 3, 7), a["b"].Origin);
        Assert.Equal(new HoconOrigin(null, 4, 3), a.OriginOf("c"));
    }
}
