using ActorPool.Budgets.Node;

namespace ActorPool.Budgets.Tests.Node;

/// <summary>The largest value within a time.</summary>
public sealed class RecentMaxTests
{
    readonly RecentMax _recent = new(Seconds(10));

    [Fact]
    public void Nothing_is_zero_and_a_value_that_stands_stays()
    {
        Assert.Equal(0, _recent.At(Seconds(5)));

        _recent.Set(7, Seconds(5));

        Assert.Equal(7, _recent.At(Seconds(1_000)));
        Assert.Null(_recent.FallsAt);
    }

    [Fact]
    public void A_larger_value_counts_at_once_and_a_smaller_one_when_the_larger_is_older_than_the_window()
    {
        _recent.Set(5, Seconds(0));
        _recent.Set(9, Seconds(1));
        Assert.Equal(9, _recent.At(Seconds(1)));

        _recent.Set(2, Seconds(4));

        Assert.Equal(9, _recent.At(Seconds(13.9)));
        Assert.Equal(Seconds(14), _recent.FallsAt);
        Assert.Equal(2, _recent.At(Seconds(14)));
    }

    [Fact]
    public void It_is_what_a_list_of_all_values_says()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var said = new List<(int Value, TimeSpan From, TimeSpan Until)>();
        var now = TimeSpan.Zero;
        for (var step = 0; step < 2_000; step++)
        {
            now += Seconds(random.NextDouble() * 4);
            if (random.Next(2) == 0)
            {
                if (said.Count > 0)
                {
                    said[^1] = said[^1] with { Until = now };
                }

                said.Add((random.Next(20), now, TimeSpan.MaxValue));
                _recent.Set(said[^1].Value, now);
            }

            var expected = said.Where(item => item.Until == TimeSpan.MaxValue || now - item.Until < Seconds(10)).Select(static item => item.Value).DefaultIfEmpty(0).Max();
            Assert.True(expected == _recent.At(now), $"seed {seed}, step {step}");
        }
    }

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
