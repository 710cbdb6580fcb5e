namespace ActorPool;

/// <summary>What became of a wait that was in vain: who had the connections, and what the time went on.</summary>
public sealed record WaitLedger
{
    internal WaitLedger()
    {
    }

    /// <summary>How long the wait was.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>Every lease that was out at the end of the wait, the longest first.</summary>
    public required IReadOnlyList<LeaseSnapshot> Holders { get; init; }

    /// <summary>The place in line at the beginning, from 1; 0 for who did not get into the line.</summary>
    public required int PositionAtEntry { get; init; }

    /// <summary>How many of those who waited were served meanwhile: with none, nobody returned anything.</summary>
    public required long ServedSince { get; init; }

    /// <summary>What the wait was spent on; the times add up to <see cref="Waited"/>.</summary>
    public required IReadOnlyDictionary<WaitCause, TimeSpan> SpentOn { get; init; }

    /// <summary>
    /// How much too late timers ran: seconds, where the thread pool had no free threads. The wait is as much longer than its
    /// time limit.
    /// </summary>
    public required TimeSpan TimersLate { get; init; }

    /// <summary>By how much the clock leapt during the wait, since the process or the machine was stopped; zero if it did not.</summary>
    public required TimeSpan ClockLeapt { get; init; }
}
