using System.Runtime;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// Lets the contenders of a scenario take turns in one process: in every round each has one slice, and every round another
/// one goes first. Two cores that contend may sit near or far from each other from one start of a process to the next, and
/// a shared machine is slower in one second than in another; neighbours in time and place have that in common.
/// </summary>
static class Tournament
{
    /// <summary>Methods that the JIT may still compile in a round that is warm: the runtime's own, now and then.</summary>
    const int CompiledMax = 2;

    public static ScenarioResult Run(Scenario scenario, Field field, BenchmarkOptions options)
    {
        var contenders = scenario.Contenders(field);
        var rounds = contenders.Select(_ => new List<SliceResult>()).ToArray();
        foreach (var contender in contenders)
        {
            contender.Open(scenario.PoolSize);
        }

        WarmUp(scenario, contenders, options);
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var next = (round + turn) % contenders.Count;
                rounds[next].Add(contenders[next].Run(scenario, options.Settle, scenario.Length * options.Slice));
            }
        }

        foreach (var contender in contenders)
        {
            contender.Close();
        }

        var results = contenders.Zip(rounds, static (contender, slices) => new ContenderResult(contender.Name, slices));
        return new ScenarioResult(scenario, [.. results]);
    }

    /// <summary>
    /// Rounds that do not count, until the JIT has compiled everything for good: it does so in the background, as often as
    /// it has learned more, and on a busy machine late.
    /// </summary>
    static void WarmUp(Scenario scenario, IReadOnlyList<Contender> contenders, BenchmarkOptions options)
    {
        for (var round = 0; round < options.WarmUpsMax; round++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            foreach (var contender in contenders)
            {
                contender.Run(scenario, options.Settle, options.Slice);
            }

            if (round + 1 >= options.WarmUpsMin && JitInfo.GetCompiledMethodCount() - compiled <= CompiledMax)
            {
                return;
            }
        }
    }
}
