using System.Diagnostics;
using System.Globalization;
using ActorPool.Budgets.Simulation.Reporting;

namespace ActorPool.Budgets.Simulation;

/// <summary>Schedules one after the other, on every core, until one fails; or all of them.</summary>
/// <param name="seeds">How many.</param>
/// <param name="from">The first seed.</param>
/// <param name="goesOn">Whether it goes on after a failure.</param>
/// <param name="wanted">It stops at a failure of a check with a name that begins like this, and goes on after others; null: at any.</param>
sealed class Campaign(int seeds, ulong from, bool goesOn, string? wanted = null)
{
    readonly Lock _lock = new();
    readonly Tally _tally = new();
    readonly SortedDictionary<ulong, Violation> _failed = [];
    readonly Stopwatch _watch = Stopwatch.StartNew();
    bool _isFound;
    int _next;
    int _done;
    long _steps;

    /// <summary>A seed that hardly anybody has tried.</summary>
    public static ulong FreshSeed() => (ulong)Stopwatch.GetTimestamp() % 1_000_000_000_000;

    /// <summary>The seeds that failed, in their order.</summary>
    public IReadOnlyDictionary<ulong, Violation> Failed => _failed;

    /// <summary>Lives all of them, or until one fails.</summary>
    public void Run(int cores)
    {
        var others = Enumerable.Range(1, cores - 1).Select(_ => new Thread(Work)).ToList();
        others.ForEach(static thread => thread.Start());
        Work();
        others.ForEach(static thread => thread.Join());
    }

    /// <summary>What the first seed says in which a check fails; null: it never does.</summary>
    /// <param name="check">How the name of the check begins.</param>
    /// <param name="seeds">How many seeds at the most.</param>
    /// <param name="from">The first seed.</param>
    /// <param name="cores">How many threads.</param>
    public static string? FirstFailure(string check, int seeds, ulong from, int cores)
    {
        var campaign = new Campaign(seeds, from, goesOn: false, check);
        campaign.Run(cores);
        foreach (var (seed, violation) in campaign.Failed)
        {
            if (violation.Check.StartsWith(check, StringComparison.Ordinal))
            {
                return $"seed {seed} (of {campaign._done}), {violation}";
            }
        }

        return null;
    }

    /// <summary>With everything that there is to say about it.</summary>
    public int RunAndReport(bool isBrief)
    {
        Console.WriteLine($"seeds {from} to {from + (ulong)seeds - 1}");
        Run(Environment.ProcessorCount);
        foreach (var (seed, violation) in goesOn ? _failed.GroupBy(static item => item.Value.Check).SelectMany(static group => group.Take(12)) : _failed.Take(1))
        {
            Console.WriteLine($"seed {seed} failed: {violation}");
        }

        var time = _watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_done:N0} schedules, {_steps:N0} steps ({(double)_steps / _done:0} each) in {time:0.0} s on {Environment.ProcessorCount} cores: {_done / time:N0} schedules and {_steps / time:N0} steps per second"));
        if (_failed.Count == 0)
        {
            Console.Write(_tally);
            return 0;
        }

        if (goesOn)
        {
            foreach (var check in _failed.Values.CountBy(static violation => violation.Check))
            {
                Console.WriteLine($"{check.Key}: {check.Value} seeds");
            }
        }
        else if (!isBrief)
        {
            Explain(_failed.First());
        }

        return 1;
    }

    void Work()
    {
        while (true)
        {
            int index;
            lock (_lock)
            {
                if (_next == seeds || (_isFound && !goesOn))
                {
                    return;
                }

                index = _next++;
            }

            var seed = from + (ulong)index;
            var trial = new Trial(new Schedule(seed));
            var violation = trial.Run();
            lock (_lock)
            {
                _done++;
                _steps += trial.Steps;
                _tally.Add(trial.Tally);
                if (violation is not null)
                {
                    _failed[seed] = violation;
                    _isFound |= wanted is null || violation.Check.StartsWith(wanted, StringComparison.Ordinal);
                }
            }
        }
    }

    /// <summary>What happened, with as few incidents as show it.</summary>
    static void Explain(KeyValuePair<ulong, Violation> failed)
    {
        var shortest = new Shrinker(new Schedule(failed.Key), failed.Value).Shrink();
        var trace = new Reporting.Trace();
        new Trial(shortest, trace).Run();
        Console.WriteLine($"the same in {shortest.Incidents!.Length} incidents: --seed {shortest.Seed} --plain {shortest.Plain} --incidents {string.Join(',', shortest.Incidents)}");
        Console.Write(trace);
    }
}
