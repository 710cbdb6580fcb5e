using ActorPool.Actors;
using ActorPool.Endpoints;

namespace ActorPool.Routing;

/// <summary>A member with the pool that a user's connections come from.</summary>
sealed class ReplicaMember<TConnection>(
    ReplicaEndpoint target,
    ConnectionPool<TConnection> pool,
    IConnector<TConnection> connector,
    ReplicaFactory<TConnection> factory)
    : ReplicaMember(target, factory.Settings.EjectAfterFaults)
    where TConnection : class
{
    public ConnectionPool<TConnection> Pool { get; } = pool;

    public IConnector<TConnection> Connector { get; } = connector;

    public override EndpointSupervisor Supervisor { get; } = pool.Supervisor;

    public override void Nudge()
    {
        if (Pool.TryAcquire(out var lease))
        {
            factory.NoteInnerLease();
            lease.Dispose();
        }
    }

    public override async Task<ReplicaRole?> AskRoleAsync()
    {
        // Not disposed of: the timer may be about to cancel it. What it cancels is the probe's, and not to run on a timer's thread.
        var cancellation = new CancellationTokenSource();
        using var timer = factory.Runtime.TimeProvider.CreateTimer(
            work => factory.Runtime.System.Dispatcher.Execute((CancelWork)work!), new CancelWork(cancellation), factory.RoleTimeout, Timeout.InfiniteTimeSpan);
        var reply = await Pool.Ref.Ask(new AcquireLease(factory.RoleTimeout, "role probe"), cancellation.Token).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            return null;
        }

        factory.NoteInnerLease();
        using var lease = reply.Lease;
        try
        {
            // Whether it heeds its token or not.
            Role = await factory.RoleProbe!(lease.Connection, cancellation.Token).AsTask().WaitAsync(cancellation.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever the probe throws, the connection has not answered
        catch (Exception error)
#pragma warning restore CA1031
        {
            Role = ReplicaRole.Unknown;
            lease.MarkFaulty(error);
        }

        return Role;
    }

    public override Task ReconfigureAsync() => Pool.ExecuteAsync(new ReconfigurePool(factory.Settings.OptionsFor(Target)));

    public override Task DrainAsync(TimeSpan? deadline) => Pool.DrainAsync(deadline);
}
