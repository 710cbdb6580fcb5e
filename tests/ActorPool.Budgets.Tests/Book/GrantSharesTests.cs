using ActorPool.Budgets.Book;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPool.Budgets.Tests.Book;

/// <summary>Who should hold how many grants.</summary>
public sealed class GrantSharesTests
{
    [Theory]
    [InlineData(10, "3 4", "3 4")]
    [InlineData(10, "2 20", "2 8")]
    [InlineData(10, "20 20", "5 5")]
    [InlineData(12, "0 30 10", "0 7 5")]
    [InlineData(200, "10 300 150", "10 109 81")]
    [InlineData(3, "1 1 1 1", "1 1 1 0")]
    [InlineData(0, "5 5", "0 0")]
    public void Everybody_gets_an_equal_part_and_what_is_left_goes_where_more_is_lacking(int max, string wanted, string shares) =>
        Assert.Equal(Numbers(shares), GrantShares.Of(max, [.. Numbers(wanted).Select((want, index) => Node(want, index))]));

    [Fact]
    public void What_cannot_be_shared_evenly_stays_with_who_has_it() =>
        Assert.Equal([2, 1], GrantShares.Of(3, [Node(5, 1) with { Held = 2 }, Node(5, 0) with { Held = 1 }]));

    [Fact]
    public void A_fenced_node_keeps_what_it_holds_until_it_is_gone() =>
        Assert.Equal([6, 4], GrantShares.Of(10, [Node(0, 0) with { Held = 6, IsFenced = true }, Node(9, 1)]));

    [Fact]
    public void Shares_are_never_more_than_there_is_nor_more_than_is_wanted_and_nothing_is_left_while_somebody_lacks() => Hold(static (max, wanted, shares) =>
        shares.Sum() == Math.Min(max, wanted.Sum()) && shares.Zip(wanted).All(static pair => pair.First >= 0 && pair.First <= pair.Second));

    [Fact]
    public void Nobody_who_wants_it_gets_less_than_an_equal_part() => Hold(static (max, wanted, shares) =>
        shares.Zip(wanted).All(pair => pair.First >= Math.Min(pair.Second, max / wanted.Length)));

    static void Hold(Func<int, int[], int[], bool> claim) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Choose(0, 300).ToArbitrary(), Gen.Choose(0, 80).ArrayOf().ToArbitrary(), (max, wanted) =>
            claim(max, wanted, GrantShares.Of(max, [.. wanted.Select(Node)]))));

    static NodeRecord Node(int wanted, int number) => new() { Name = "n", Client = $"n/{number}", Wanted = wanted };

    static int[] Numbers(string text) => [.. text.Split(' ').Select(int.Parse)];
}
