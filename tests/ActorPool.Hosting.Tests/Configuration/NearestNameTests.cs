using ActorPool.Hosting.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

public sealed class NearestNameTests
{
    static readonly string[] Known = ["max-size", "min-size", "cache", "orders", "acquire-timeout"];

    [Theory]
    [InlineData("max-sise", "max-size")]
    [InlineData("MaxSiez", "max-size")]
    [InlineData("minsize", "min-size")]
    [InlineData("cahce", "cache")]
    [InlineData("ordres", "orders")]
    [InlineData("order", "orders")]
    [InlineData("aquire-timout", "acquire-timeout")]
    [InlineData("timeout", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void What_is_near_is_found_and_nothing_else(string name, string? nearest) => Assert.Equal(nearest, NearestName.Find(name, Known));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("a", "", 1)]
    [InlineData("ab", "ba", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_changes_and_swapped_neighbours(string left, string right, int distance) =>
        Assert.Equal((distance, distance), (NearestName.Distance(left, right), NearestName.Distance(right, left)));

    [Fact]
    public void A_text_without_end_costs_nothing() => Assert.Null(NearestName.Find(new string('a', 1_000_000), Known));

    [Fact]
    public void A_hint_names_the_nearest_or_all_if_they_are_few()
    {
        Assert.Equal("; did you mean cache?", NearestName.Hint("chache", Known));
        Assert.Equal("; there are max-size, min-size, cache, orders, acquire-timeout", NearestName.Hint("wait", Known));
        Assert.Equal("", NearestName.Hint("wait", Enumerable.Range(0, 13).Select(number => $"option-{number}")));
        Assert.Equal("", NearestName.Hint("wait", []));
    }
}
