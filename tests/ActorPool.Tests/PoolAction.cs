namespace ActorPool.Tests;

/// <summary>What can happen to a pool in a <see cref="PoolLife"/>.</summary>
enum PoolAction
{
    Acquire = 0,
    AcquireWithLittlePatience,
    AcquireForScope,
    Try,
    Ask,
    Cancel,
    EndScope,
    Release,
    ReleaseWithoutReset,
    ReleaseAgain,
    MarkFaulty,
    Detach,
    Attach,
    Kill,
    Condemn,
    PlanOpen,
    PlanCheck,
    Run,
    Advance,
    Pause,
    Resume,
    Resize,
    Evict,
    Reconfigure,
    WarmUp,
    TryNow,
    RotateCredentials,
    Drain,
}
