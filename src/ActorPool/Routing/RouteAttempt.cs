using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorPool.Actors;

namespace ActorPool.Routing;

/// <summary>
/// An ordinary acquire at one member, as a work item. Its end goes to whoever it is for; a lease that comes after that one was
/// served goes back at once.
/// </summary>
#pragma warning disable CA1001 // the source has neither timer nor wait handle: there is nothing to dispose of
sealed class RouteAttempt<TConnection>(
    RoutedAcquire<TConnection> route, ReplicaMember<TConnection> member, object? holder, Activity? caller)
    : IThreadPoolWorkItem
#pragma warning restore CA1001
    where TConnection : class
{
    readonly CancellationTokenSource _cancellation = new();
    ConfiguredValueTaskAwaitable<LeaseReply<TConnection>>.ConfiguredValueTaskAwaiter _acquire;

    public ReplicaMember<TConnection> Member { get; } = member;

    /// <summary>What the member's pool says. Valid once the attempt has ended.</summary>
    public LeaseReply<TConnection> Reply { get; private set; }

    /// <summary>Whether it ended when it began.</summary>
    public bool WasAtOnce { get; private set; }

    /// <summary>Begins.</summary>
    public void Execute()
    {
        if (caller is null)
        {
            Ask();
            return;
        }

        // It may begin on the dispatcher, and is its caller's all the same.
        var current = Activity.Current;
        Activity.Current = caller;
        Ask();
        Activity.Current = current;
    }

    void Ask()
    {
        // The time limit is the route's, which cancels.
#pragma warning disable CA2012 // awaited by hand, once
        _acquire = Member.Pool.Ref.Ask(new AcquireLease(Timeout.InfiniteTimeSpan, holder), _cancellation.Token)
            .ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (_acquire.IsCompleted)
        {
            WasAtOnce = true;
            End();
        }
        else
        {
            _acquire.UnsafeOnCompleted(End);
        }
    }

    /// <summary>As work of its own: gives up. Should it be too late for that, the route hears of a lease that it returns.</summary>
    public IThreadPoolWorkItem Cancellation() => new CancelWork(_cancellation);

    /// <summary>As work of its own: returns a lease that nobody needs.</summary>
    public IThreadPoolWorkItem Return() => new ReturnLease(Reply.Lease);

    void End()
    {
        Reply = _acquire.GetResult();
        route.Tell(RouteMessage.AttemptEnded(this));
    }

    sealed class ReturnLease(Lease<TConnection> lease) : IThreadPoolWorkItem
    {
        public void Execute() => lease.Dispose();
    }
}
