using FsCheck;
using FsCheck.Fluent;

namespace ActorPool.Tests;

/// <summary>
/// Whole pools through random lives: never two holders, never above the maximum, in order of arrival, everybody answered
/// once, every connection closed or detached once, and nobody waits for what could be had. A failure is cut down to the
/// shortest life that shows it, and prints the seed that replays it.
/// </summary>
public sealed class PoolPropertyTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    [InlineData(6UL)]
    [InlineData(7UL)]
    [InlineData(8UL)]
    [InlineData(9UL)]
    [InlineData(10UL)]
    [InlineData(11UL)]
    [InlineData(12UL)]
    public void Whatever_happens_a_pool_keeps_its_promises(ulong options) => Live(options, isHarsh: false);

    [Theory]
    [InlineData(21UL)]
    [InlineData(22UL)]
    [InlineData(23UL)]
    [InlineData(24UL)]
    [InlineData(25UL)]
    [InlineData(26UL)]
    public void Deaf_connectors_and_crossing_drains_change_nothing(ulong options) => Live(options, isHarsh: true);

    /// <summary>The same for a great many pools, of which each is made otherwise.</summary>
    [SkippableFact]
    public void However_a_pool_is_made_it_keeps_its_promises()
    {
        Skip.If(Environment.GetEnvironmentVariable("ACTORPOOL_LONG_TESTS") != "1", "takes minutes: set ACTORPOOL_LONG_TESTS=1");
        for (var options = 1_000UL; options < 1_400; options++)
        {
            Live(options, isHarsh: options % 2 == 0, lives: 300);
        }
    }

    static void Live(ulong options, bool isHarsh, int lives = 150) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(lives).WithEndSize(120),
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), choices =>
            {
                var life = new PoolLife(options, isHarsh);
                try
                {
                    foreach (var choice in choices)
                    {
                        life.Do(choice);
                        if (choice % 3 == 0)
                        {
                            life.Check();
                        }
                    }

                    life.Check();
                    life.End();
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"options {options}: {string.Join(", ", life.Story)}: {error.Message}", error);
                }
            }));
}
