using System.Threading.Tasks.Sources;
using ActorPool.Actors;

namespace ActorPool.Routing;

/// <summary>What the caller of a <see cref="RoutedAcquire{TConnection}"/> awaits, or blocks on.</summary>
sealed class RoutePromise<TConnection>(IDispatcher dispatcher, Func<RouteFailure, CancellationToken, Exception> describe, CancellationToken cancellationToken)
    : Promise(dispatcher), IValueTaskSource<Lease<TConnection>>, IValueTaskSource<LeaseReply<TConnection>>
    where TConnection : class
{
    /// <summary>The answer: a lease …</summary>
    public Lease<TConnection> Lease;

    /// <summary>… or why there is none.</summary>
    public RouteFailure? Failure;

    // The outcome is there once it has ended, and not to be looked at before.
    ValueTaskSourceStatus IValueTaskSource<Lease<TConnection>>.GetStatus(short token) => StatusOf(token) ?? Failure switch
    {
        null => ValueTaskSourceStatus.Succeeded,
        { Outcome: RouteOutcome.Cancelled } => ValueTaskSourceStatus.Canceled,
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
        Retire();
        return Failure is { } failure
            ? new LeaseReply<TConnection>(describe(failure, cancellationToken))
            : new LeaseReply<TConnection>(Lease);
    }

    /// <summary>The result.</summary>
    public Lease<TConnection> TakeLease()
    {
        Retire();
        return Failure is { } failure ? throw describe(failure, cancellationToken) : Lease;
    }
}
