namespace ActorPool.Endpoints;

/// <summary>
/// Why a wait ended without a lease, as the supervisor knows it. The error itself is made on the caller's thread
/// (<see cref="Errors.PoolErrors"/>): that may run users' code, and a turn must not.
/// </summary>
sealed record WaitFailure(
    PoolFailureReason Reason,
    PoolSnapshot Snapshot,
    long WaitedMs = 0,
    Exception? LastOpenError = null,
    OpenFailureKind LastOpenKind = OpenFailureKind.Transient,
    int PositionAtEntry = 0,
    long ServedSince = 0,
    WaitCauses Spent = default,
    long TimersLateMs = 0,
    long ClockLeaptMs = 0);
