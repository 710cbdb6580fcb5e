using System.Diagnostics;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>The order in which the parts of a story are played.</summary>
static class Rounds
{
    /// <summary>Plays every part once, in an order of the seed's, and goes on until the time is over.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="length">How long at least.</param>
    /// <param name="random">Where the order comes from.</param>
    public static async Task PlayAsync(IReadOnlyList<Func<Task>> parts, TimeSpan length, Random random)
    {
        var since = Stopwatch.GetTimestamp();
        var round = 0;
        while (round == 0 || Stopwatch.GetElapsedTime(since) < length)
        {
            foreach (var part in parts.OrderBy(_ => random.Next()).ToList())
            {
                if (round > 0 && Stopwatch.GetElapsedTime(since) >= length)
                {
                    break;
                }

                await part();
            }

            round++;
        }
    }
}
