namespace ActorPool.Mutations;

/// <summary>Keyed timers, and the heap that they lie in.</summary>
static class TimerMutations
{
    const string Queue = "src/ActorPool/Actors/TimerQueue.cs";
    const string Due = "src/ActorPool/Actors/TimerDue.cs";
    const string Keyed = "src/ActorPool/Actors/Actor.Timers.cs";
    const string Timer = "src/ActorPool/Actors/ActorTimer.Typed.cs";

    public static Mutation[] All { get; } =
    [
        new("A timer that was cancelled when its time had come delivers all the same", Timer,
            """
                    if (Cancelled)
                    {
                        return;
                    }


            """,
            ""),
        new("A cancelled timer stays in the heap until it is due", Keyed,
            """
                            System.Timers.Remove(timer);

            """,
            ""),
        new("A timer that is set anew does not replace the old one", Keyed,
            """
                    CancelTimer(timer.Key);
                    timer.NextTimer = _timers;
            """,
            """
                    timer.NextTimer = _timers;
            """),
        new("Timers fire in the order in which they were set", Due,
            "Ms != other.Ms ? Ms < other.Ms : Sequence < other.Sequence",
            "Sequence < other.Sequence"),
        new("What takes the place of a removed timer does not sink to its own", Queue,
            """
                        Sink(last.HeapIndex);

            """,
            ""),
        new("The clock's timer is disarmed while one timer is left", Queue,
            """
                        if (_count == 0)
                        {
                            // Nothing is due any more
            """,
            """
                        if (_count <= 1)
                        {
                            // Nothing is due any more
            """),
        new("An earlier timer does not bring the clock's timer forward", Queue,
            "if (dueMs < _armedForMs)",
            "if (_armedForMs == long.MaxValue)"),
        new("After a tick the clock's timer is not armed again", Queue,
            """
                            _armedForMs = long.MaxValue;
                            var nowMs = _clock.NowMs;
            """,
            """
                            var nowMs = _clock.NowMs;
            """),
    ];
}
