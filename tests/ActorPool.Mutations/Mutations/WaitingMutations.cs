namespace ActorPool.Mutations;

/// <summary>The line of those who wait, and its timer.</summary>
static class WaitingMutations
{
    const string Waiting = "src/ActorPool/Endpoints/EndpointSupervisor.Waiting.cs";
    const string Queue = "src/ActorPool/Endpoints/WaiterQueue.cs";

    public static Mutation[] All { get; } =
    [
        new("Waiters are served last come, first served", Waiting,
            "_waiters.AddLast(waiter);",
            "_waiters.AddFirst(waiter);"),
        new("A waiter whose time is over stays in line, and is answered twice", Waiting,
            """
                            _waiters.Remove(waiter);
                            _counters.TimedOut++;
            """,
            """
                            _counters.TimedOut++;
            """),
        new("Waiters that fail together stay in line, and are answered twice", Waiting,
            """
                    while (_waiters.TakeFirst() is { } waiter)
                    {
            """,
            """
                    for (var waiter = _waiters.First; waiter is not null; waiter = waiter.Next)
                    {
            """),
        new("A cancelled waiter stays in line, and a connection is leased to nobody", Waiting,
            """
                    _waiters.Remove(waiter);
                    if (timedOut)
            """,
            """
                    if (timedOut)
            """),
        new("A cancel that comes after the grant wins, and the connection leaks", Waiting,
            """
                    if (!waiter.IsQueued)
                    {
                        return;
                    }
            """,
            """
                    if (!waiter.IsQueued)
                    {
                        waiter.Failure ??= Failure(PoolFailureReason.Cancelled);
                        return;
                    }
            """),
        new("One more than MaxWaiters may wait", Waiting,
            "if (_waiters.Count >= _settings.MaxWaiters)",
            "if (_waiters.Count > _settings.MaxWaiters)"),
        new("The timer of waits is not set again for those who wait on", Waiting,
            """
                    ExpectExpiry(firstMs, nowMs);

            """,
            ""),
        new("An earlier deadline does not bring the timer of waits forward", Waiting,
            "if (deadlineMs < _waitExpiryMs)",
            "if (_waitExpiryMs == Options.PoolSettings.Never)"),
        new("Who comes to a pool that drains waits", Waiting,
            "        if (IsClosed)\n",
            "        if (IsClosed && _slots.InUse == 0)\n"),
        new("Who leaves the middle of the line takes those behind along", Queue,
            "waiter.Previous.Next = waiter.Next;",
            "waiter.Previous.Next = null;"),
        new("Who leaves the end of the line remains its end", Queue,
            "Last = waiter.Previous;",
            "Last = waiter;"),
    ];
}
