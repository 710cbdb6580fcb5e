namespace ActorPool.TestKit.Faults;

/// <summary>What can go wrong on the way between a client and its server.</summary>
enum FaultKind
{
    None,
    Delay,
    Jitter,
    Throttle,
    CutAfter,
    Reset,
    Finish,
    HalfOpen,
    Hang,
    Garbage,
    Refuse,
    SlowAccept,
}
