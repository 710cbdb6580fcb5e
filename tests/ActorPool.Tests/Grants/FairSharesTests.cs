using ActorPool.Grants;
using ActorPool.TestKit;

namespace ActorPool.Tests.Grants;

/// <summary>Who should have how many.</summary>
public sealed class FairSharesTests
{
    [Theory]
    [InlineData(10, new[] { 2, 8, 10 }, new[] { 0, 0, 0 }, new[] { 2, 4, 4 })]
    [InlineData(10, new[] { 3, 3 }, new[] { 0, 0 }, new[] { 3, 3 })]
    [InlineData(9, new[] { 9, 9 }, new[] { 0, 0 }, new[] { 5, 4 })]
    [InlineData(9, new[] { 9, 9 }, new[] { 4, 5 }, new[] { 4, 5 })]
    [InlineData(2, new[] { 1, 1, 1 }, new[] { 0, 1, 1 }, new[] { 0, 1, 1 })]
    [InlineData(5, new[] { 0, 9 }, new[] { 5, 0 }, new[] { 0, 5 })]
    [InlineData(5, new int[0], new int[0], new int[0])]
    public void Who_wants_little_gets_it_and_the_others_share_the_rest(int max, int[] wanted, int[] held, int[] expected) =>
        Assert.Equal(expected, FairShares.Of(max, wanted, held));

    [Fact]
    public void Whatever_is_wanted_the_shares_are_fair_within_one_and_leave_nothing_over()
    {
        var random = new SeededRandom(7);
        for (var round = 0; round < 500; round++)
        {
            var count = random.Next(8) + 1;
            int[] wanted = [.. Enumerable.Range(0, count).Select(_ => random.Next(12))];
            int[] held = [.. Enumerable.Range(0, count).Select(_ => random.Next(12))];
            var max = random.Next(40) + 1;

            var shares = FairShares.Of(max, wanted, held);

            Assert.Equal(Math.Min(max, wanted.Sum()), shares.Sum());
            Assert.All(shares.Zip(wanted), pair => Assert.InRange(pair.First, 0, pair.Second));
            var unsatisfied = shares.Where((share, index) => share < wanted[index]).ToList();
            Assert.All(unsatisfied, share => Assert.True(shares.Max() <= share + 1, $"seed 7, round {round}: {string.Join(", ", shares)}"));
        }
    }
}
