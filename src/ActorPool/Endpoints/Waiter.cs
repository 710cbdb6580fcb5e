using ActorPool.Actors;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>
/// An acquire that has to wait: a link of the waiter queue, and the promise that its caller awaits. Its fields belong to
/// the supervisor's turn until it is completed, then to the caller who takes the result.
/// </summary>
abstract class Waiter(EndpointSupervisor supervisor) : Promise(supervisor.System.Dispatcher)
{
    CancellationTokenRegistration _registration;

    /// <summary>Its neighbours in the queue. <see cref="Next"/> also links the unused ones.</summary>
    public Waiter? Next, Previous;

    /// <summary>Whether it is in the queue: neither served nor failed nor abandoned.</summary>
    public bool IsQueued;

    /// <summary>When it came, and until when it waits.</summary>
    public long SinceMs, DeadlineMs;

    /// <summary>Its place in line when it came, from 1.</summary>
    public int PositionAtEntry;

    /// <summary>What the pool had served to waiters when it came.</summary>
    public long ServedAtEntry;

    /// <summary>What waits had been spent on when it came.</summary>
    public WaitCauses SpentAtEntry;

    /// <summary>Who will have the lease.</summary>
    public object? Holder;

    /// <summary>What is kept of its acquire for who measures or traces, and when that was granted its lease.</summary>
    public Observation Observation;
    public long GrantedAt;

    /// <summary>The answer: a lease …</summary>
    public Seat? Seat;

    /// <summary>… its number …</summary>
    public long Generation;

    /// <summary>… whether its connection was idle for so long that it must be looked at …</summary>
    public bool NeedsLook;

    /// <summary>Whether it was in the queue, or was served in the turn that it came in.</summary>
    public bool HasWaited;

    /// <summary>… or why there is none.</summary>
    public WaitFailure? Failure;

    /// <summary>… or that the lease was taken back before its caller took it. Read when the generation says so.</summary>
    public Revocation? Revocation;

    /// <summary>Whether nobody but its caller can still have a hand on it, so that it may be used again.</summary>
    public bool IsReusable { get; private set; } = true;

    /// <summary>The caller's token.</summary>
    public CancellationToken CancellationToken { get; private set; }

    protected EndpointSupervisor Supervisor { get; } = supervisor;

    /// <summary>By the caller, before it gives the promise away: a cancelled token ends the wait, if it is not over by then.</summary>
    public void CancelWith(CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(
            static waiter => ((Waiter)waiter!).Abandon(timedOut: false, post: true), this);
    }

    /// <summary>Gives up waiting; whether that comes in time is decided in the supervisor's turn.</summary>
    /// <param name="timedOut">Whether time has passed, or the token was cancelled.</param>
    /// <param name="post">Whether to queue the message and run no turn.</param>
    public void Abandon(bool timedOut, bool post)
    {
        var message = EndpointMessage.AbandonWait(this, timedOut);
        if (post)
        {
            Supervisor.Post(message);
        }
        else
        {
            Supervisor.Tell(message);
        }
    }

    /// <summary>Makes it ready to be used again.</summary>
    public void Renew()
    {
        Reset();
        Next = null;
        Previous = null;
        Holder = null;
        Observation = default;
        Seat = null;
        NeedsLook = false;
        Failure = null;
        Revocation = null;
        CancellationToken = default;
        _registration = default;
    }

    /// <summary>By the caller: the wait is over, and the result is being taken.</summary>
    /// <exception cref="PoolException">Why there is no lease.</exception>
    protected void End()
    {
        // A callback that has begun may still post this waiter; if it was used again by then, it would cancel a stranger.
        if (_registration != default && !_registration.Unregister())
        {
            IsReusable = false;
        }
    }
}
