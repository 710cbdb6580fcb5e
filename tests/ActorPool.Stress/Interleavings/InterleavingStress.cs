using System.Globalization;

namespace ActorPool.Stress;

/// <summary>
/// Every scenario in turn, with 2 and with 16 threads: what may be seen when two or more meet at one compare-and-swap of the
/// mailbox, of the lease and of the promise, and what may not.
/// </summary>
/// <param name="seed">Of the offsets between the actors.</param>
/// <param name="scenarios">Which.</param>
/// <param name="output">Where the outcomes are written.</param>
sealed class InterleavingStress(ulong seed, IReadOnlyList<Scenario> scenarios, TextWriter output) : IStress
{
    static readonly int[] Threads = [2, 16];

    /// <summary>Splits the time evenly over the scenarios; each takes at least one batch, however short that is.</summary>
    public Task<int> RunAsync(TimeSpan time)
    {
        var share = time / (scenarios.Count * Threads.Length);
        var results = new List<ScenarioResult>();
        foreach (var scenario in scenarios)
        {
            foreach (var threads in Threads)
            {
                var result = ScenarioRun.Run(scenario, threads, share, seed);
                results.Add(result);
                Print(result.ToLines());
                if (result.IsStuck)
                {
                    // Its threads are still there, and would be in the way of the others.
                    return Task.FromResult(Sum(results));
                }
            }
        }

        return Task.FromResult(Sum(results));
    }

    int Sum(List<ScenarioResult> results)
    {
        var bad = results.Where(result => !result.IsGood).ToList();
        var neverSeen = results.SelectMany(result => result.NeverSeen.Select(row => $"  {result.Title}: {row.Outcome.ToString(result.Outcomes.Columns.Count)}, {row.Reason}")).ToList();
        Print([string.Create(CultureInfo.InvariantCulture, $"{results.Sum(result => result.Runs):N0} runs; {bad.Count} scenarios had a forbidden outcome; {neverSeen.Count} allowed outcomes were never seen")]);
        Print(neverSeen);
        Print(bad.Select(result => $"  FORBIDDEN: {result.Title}, seed {result.Seed}"));
        return bad.Count == 0 ? 0 : 1;
    }

    void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
