using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>Nodes ask the engine little: about once a renew interval when nothing moves, and less and less often while it is down.</summary>
sealed class LittleTraffic(World world)
{
    static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    /// <summary>What is under way when an outage begins or ends, and what was asked for meanwhile.</summary>
    const int UnderWay = 4;

    readonly Dictionary<NodeProcess, int> _sent = [];
    long _since;

    /// <summary>Counts from here.</summary>
    public void Begin()
    {
        _since = world.Now;
        _sent.Clear();
        foreach (var node in world.Nodes)
        {
            if (node.IsRunning)
            {
                _sent[node.Process!] = node.Process!.Line.Sent;
            }
        }
    }

    /// <summary>Nothing has moved since then.</summary>
    public void EndOfQuiet()
    {
        // A renewal comes a tenth early at the most; a clock may run fast.
        var interval = world.Options.RenewInterval.Ticks * 0.9 / (1 + (world.Options.DriftPpm / 1e6));
        var polls = 1.1 / world.Options.PollInterval.Ticks;
        var time = world.Now - _since;
        Compare(process => (int)(time * ((1 / interval) + (!world.Options.IsWatched || process.Pools.Demand > process.Pools.Limit ? polls : 0)) * 3 / 2) + 6, "when nothing moves");
    }

    /// <summary>The engine was down since then.</summary>
    public void EndOfOutage()
    {
        var most = UnderWay;
        var longest = Math.Min(world.Options.RenewInterval.Ticks, LongestBackoff.Ticks);
        var backoff = (double)FirstBackoff.Ticks;
        for (var left = world.Now - _since; left > 0; most++)
        {
            left -= (long)(Math.Min(backoff, longest) * 0.5 / (1 + (world.Options.DriftPpm / 1e6)));
            backoff *= 2;
        }

        Compare(_ => most, "while the engine is down");
    }

    void Compare(Func<NodeProcess, int> most, string when)
    {
        foreach (var (process, before) in _sent)
        {
            var sent = process.Line.Sent - before;
            if (process.IsAlive && sent > most(process))
            {
                world.Report("LittleTraffic", $"{process.Name} has sent {sent} requests within {Show.Ms(world.Now - _since)} {when}; {most(process)} are plenty");
            }
        }
    }
}
