namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// Lets the contenders of a scenario take turns in one process: in every round each has one slice, and every round another
/// one goes first. Two cores that contend may sit near or far from each other from one start of a process to the next, and
/// a shared machine is slower in one second than in another; neighbours in time and place have that in common.
/// </summary>
static class Tournament
{
    public static ScenarioResult Run(Scenario scenario, Field field, BenchmarkOptions options)
    {
        var contenders = scenario.Contenders(field);
        var rounds = contenders.Select(_ => new List<SliceResult>()).ToArray();
        foreach (var contender in contenders)
        {
            contender.Open(scenario.PoolSize);
        }

        for (var round = -options.WarmUps; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var next = (options.WarmUps + round + turn) % contenders.Count;
                var slice = contenders[next].Run(scenario, options.Settle, scenario.Length * options.Slice);
                if (round >= 0)
                {
                    rounds[next].Add(slice);
                }
            }
        }

        foreach (var contender in contenders)
        {
            contender.Close();
        }

        var results = contenders.Zip(rounds, static (contender, slices) => new ContenderResult(contender.Name, slices));
        return new ScenarioResult(scenario, [.. results]);
    }
}
