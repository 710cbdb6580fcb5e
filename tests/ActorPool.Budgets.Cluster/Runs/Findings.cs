namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>What was measured, and what must not be.</summary>
sealed class Findings
{
    /// <summary>From the wish of a node that starves until it works with all it wants, of what others had not used for longer than the settle time.</summary>
    public List<TimeSpan> UnusedMoves { get; } = [];

    /// <summary>The same, counted from the moment at which the other node stopped to use it.</summary>
    public List<TimeSpan> HotMoves { get; } = [];

    /// <summary>From a SIGKILL until all that the node had is used by others.</summary>
    public List<TimeSpan> KilledBack { get; } = [];

    /// <summary>The same from a SIGSTOP.</summary>
    public List<TimeSpan> FrozenBack { get; } = [];

    /// <summary>From the order to leave until all that the node had is used by others.</summary>
    public List<TimeSpan> LeftBack { get; } = [];

    /// <summary>From the end or the freeze of the node that kept the book until all that it had is used by others.</summary>
    public List<TimeSpan> KeeperBack { get; } = [];

    /// <summary>From a SIGCONT until the node had joined again.</summary>
    public List<TimeSpan> ThawedJoined { get; } = [];

    /// <summary>From the moment at which the engine was there again until all grants were in use.</summary>
    public List<TimeSpan> EngineBack { get; } = [];

    /// <summary>Sessions that a node began after it was continued and before it had joined again.</summary>
    public List<CountedSession> LateOpens { get; } = [];

    /// <summary>Claims that were broken.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>Says what was broken.</summary>
    public void Tell(TextWriter output)
    {
        foreach (var broken in Broken)
        {
            output.WriteLine($"BROKEN: {broken}");
        }
    }

    public static string Describe(List<TimeSpan> times)
    {
        if (times.Count == 0)
        {
            return "none";
        }

        var sorted = times.Order().ToList();
        return $"median {sorted[sorted.Count / 2].TotalMilliseconds:0} ms, worst {sorted[^1].TotalMilliseconds:0} ms of {sorted.Count}";
    }
}
