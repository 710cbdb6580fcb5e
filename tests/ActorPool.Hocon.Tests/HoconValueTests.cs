namespace ActorPool.Hocon.Tests;

public sealed class HoconValueTests
{
    static readonly HoconObject Root = HoconParser.Parse(
        """
        n = 42, f = 1.5, big = 1e30, t = "7", s = text, secret = hunter2, b = true, yes = on, null = null
        o { "1": b, "0": a, k: c }, e {}, l = [1, x], wait = 10 weeks, size = 10 parsecs, ms = 250, k = 64K
        """).AsObject();

    [Fact]
    public void Values_convert_as_the_specification_says()
    {
        Assert.Equal(42, Root["n"].AsInt64());
        Assert.Equal("42", Root["n"].AsString());
        Assert.Equal(7, Root["t"].AsInt64());
        Assert.Equal(1.5, Root["f"].AsDouble());
        Assert.Equal(1e30, Root["big"].AsDouble());
        Assert.True(Root["b"].AsBoolean());
        Assert.True(Root["yes"].AsBoolean());
        Assert.Equal("true", Root["b"].AsString());
        Assert.Equal(["a", "b"], Root["o"].AsArray().Select(element => element.AsString()));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Root["ms"].AsDuration());
        Assert.Equal(65536, Root["k"].AsBytes());
    }

    [Fact]
    public void What_does_not_convert_says_where_and_what_was_expected_and_never_the_value()
    {
        (Action Convert, string Message)[] cases =
        [
            (() => Root["f"].AsInt64(), "text:1:13: expected a whole number, found a number that is none"),
            (() => Root["big"].AsInt64(), "text:1:24: expected a whole number, found a number that is none"),
            (() => Root["secret"].AsInt64(), "text:1:58: expected a whole number, found a string that is none"),
            (() => Root["secret"].AsBoolean(), "text:1:58: expected true, yes, on, false, no or off, found a string that is none"),
            (() => Root["secret"].AsDuration(), "text:1:58: expected a duration such as 100ms, 15s, 5m or infinite, found a string that is none"),
            (() => Root["wait"].AsDuration(), "text:2:54: expected a duration such as 100ms, 15s, 5m or infinite, found a string that is none (a number with 'weeks' behind it)"),
            (() => Root["size"].AsBytes(), "text:2:71: expected a size such as 512K, 64 KiB or 10 MB, found a string that is none (a number with 'parsecs' behind it)"),
            (() => Root["null"].AsString(), "text:1:94: expected a text, found null"),
            (() => Root["o"].AsString(), "text:2:3: expected a text, found an object"),
            (() => Root["l"].AsDouble(), "text:2:39: expected a number, found an array"),
            (() => Root["l"].AsObject(), "text:2:39: expected an object, found an array"),
            (() => Root["e"].AsArray(), "text:2:31: expected an array, found an object"),
            (() => Root["s"].AsArray(), "text:1:43: expected an array, found a string"),
        ];

        Assert.All(cases, expected => Assert.Equal(expected.Message, Assert.Throws<HoconException>(expected.Convert).Message));
    }

    [Fact]
    public void A_value_is_found_by_its_path()
    {
        Assert.Equal("c", Root.Find("o.k")!.AsString());
        Assert.Equal("a", Root.Find(" o.\"0\" ")!.AsString());
        Assert.Equal(HoconKind.Null, Root.Find("null")!.Kind);
        Assert.Null(Root.Find("o.k.x"));
        Assert.Null(Root.Find("O"));
        Assert.All(["", "a..b", "a:b", "${a}", "a b }"], path => Assert.Throws<HoconException>(() => Root.Find(path)));
    }

    [Fact]
    public void Objects_and_arrays_are_collections()
    {
        Assert.Equal(["1", "0", "k"], Root["o"].AsObject().Keys);
        Assert.Equal(["b", "a", "c"], Root["o"].AsObject().Values.Select(value => value.AsString()));
        Assert.Equal(["1", "0", "k"], Root["o"].AsObject().Select(field => field.Key));
        Assert.True(Root.ContainsKey("n"));
        Assert.False(Root.TryGetValue("N", out _));
        Assert.Equal("x", Root["l"].AsArray()[1].AsString());
        Assert.Throws<KeyNotFoundException>(() => Root["no"]);
        Assert.Throws<KeyNotFoundException>(() => Root.OriginOf("no"));
    }

    [Fact]
    public void ToString_never_shows_the_value()
    {
        Assert.Equal("a string at text:1:58", Root["secret"].ToString());
        Assert.DoesNotContain("hunter2", Root.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"secret\":\"hunter2\"", Root.Render(), StringComparison.Ordinal);
    }
}
