using System.Threading.Tasks.Sources;
using ActorPool.Errors;

namespace ActorPool.Endpoints;

/// <summary>A waiter whose caller gets a lease, or a reply that has one.</summary>
sealed class LeaseWaiter<TConnection>(EndpointSupervisor supervisor)
    : Waiter(supervisor), IValueTaskSource<Lease<TConnection>>, IValueTaskSource<LeaseReply<TConnection>>
    where TConnection : class
{
    // The outcome is there once it has ended, and not to be looked at before.
    ValueTaskSourceStatus IValueTaskSource<Lease<TConnection>>.GetStatus(short token) => StatusOf(token) ?? Failure switch
    {
        null => ValueTaskSourceStatus.Succeeded,
        { Reason: PoolFailureReason.Cancelled } => ValueTaskSourceStatus.Canceled,
        _ => ValueTaskSourceStatus.Faulted,
    };

    ValueTaskSourceStatus IValueTaskSource<LeaseReply<TConnection>>.GetStatus(short token) =>
        StatusOf(token) ?? ValueTaskSourceStatus.Succeeded;

    Lease<TConnection> IValueTaskSource<Lease<TConnection>>.GetResult(short token)
    {
        CheckCompleted(token);
        return TakeLease();
    }

    LeaseReply<TConnection> IValueTaskSource<LeaseReply<TConnection>>.GetResult(short token)
    {
        CheckCompleted(token);
        return Outcome() is { } failure
            ? new LeaseReply<TConnection>(PoolErrors.Create(failure, CancellationToken))
            : new LeaseReply<TConnection>(NewLease());
    }

    /// <summary>By the caller, once: the wait is over. Why there is no lease; null if there is.</summary>
    WaitFailure? Outcome()
    {
        End();
        Retire();
        var failure = Failed();
        if (Observation.IsOn)
        {
            Tell(failure);
        }

        return failure;
    }

    /// <summary>Tells those who measure or trace. A connection that must be looked at first is not had yet.</summary>
    void Tell(WaitFailure? failure)
    {
        if (HasWaited)
        {
            Supervisor.Telemetry.WaitEnded(Observation, GrantedAt, failure?.Reason);
        }

        if (failure is null && !NeedsLook)
        {
            Supervisor.Telemetry.Served(Observation, GrantedAt);
        }
    }

    /// <summary>
    /// Why there is no lease; null if there is. A lease that was cut before its caller took it (a drain's patience was over,
    /// its scope has ended) is not handed out.
    /// </summary>
    WaitFailure? Failed() => Failure ?? (Seat!.ReadGeneration() == Generation ? null : Cut());

    WaitFailure Cut()
    {
        var snapshot = Supervisor.Snapshot();
        return Revocation switch
        {
            { Reason: CloseReason.HolderEnded } => new WaitFailure(PoolFailureReason.HolderEnded, snapshot),
            _ when snapshot.IsClosed => new WaitFailure(PoolFailureReason.Closed, snapshot),
            { Reason: not CloseReason.ActorFailed } revocation => new WaitFailure(
                PoolFailureReason.LeaseRevoked, snapshot, LastOpenError: LeaseErrors.Revoked(Supervisor.Name, revocation)),
            _ => new WaitFailure(PoolFailureReason.SupervisorFailed, snapshot),
        };
    }

    /// <summary>The result.</summary>
    public Lease<TConnection> TakeLease()
    {
        return Outcome() is { } failure
            ? throw PoolErrors.Create(failure, CancellationToken)
            : NewLease();
    }

    Lease<TConnection> NewLease() => Supervisor.WatchesLeases && Supervisor.WatchesNextLease
        ? new Lease<TConnection>(new LeaseSentinel(Seat!, Generation))
        : new Lease<TConnection>(Seat!, Generation);
}
