using ActorPool.Errors;
using ActorPool.Options;

namespace ActorPool.Routing;

/// <summary>Makes members, with what a group knows of the type of its connections. Runs users' code.</summary>
sealed class ReplicaFactory<TConnection>(
    Func<ReplicaEndpoint, IConnector<TConnection>> connect,
    Func<TConnection, CancellationToken, ValueTask<ReplicaRole>>? roleProbe,
    ReplicaGroupSettings settings,
    PoolRuntime runtime) : IReplicaFactory
    where TConnection : class
{
    long _innerLeases;

    public ReplicaGroupSettings Settings => settings;

    public PoolRuntime Runtime => runtime;

    public Func<TConnection, CancellationToken, ValueTask<ReplicaRole>>? RoleProbe => roleProbe;

    public TimeSpan RoleTimeout { get; } = settings.RoleTimeoutMs >= PoolSettings.Never
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(settings.RoleTimeoutMs);

    /// <summary>Leases that never reached a caller: the pools counted them, the group does not.</summary>
    public long InnerLeases => Volatile.Read(ref _innerLeases);

    public void NoteInnerLease() => Interlocked.Increment(ref _innerLeases);

    /// <summary>Set by the group, whose supervisor needs a factory first.</summary>
    public ReplicaSupervisor Supervisor { get; set; } = null!;

    public ReplicaMember Make(ReplicaEndpoint target)
    {
        var template = settings.Template;
        var options = settings.OptionsFor(target);
        var connector = connect(target) ?? throw RoutingErrors.NoConnector(target.Address);
        var watched = new ReplicaConnector<TConnection>(connector, roleProbe, Supervisor);
        var pool = new ConnectionPool<TConnection>(watched, options, runtime);
        var member = new ReplicaMember<TConnection>(target, pool, connector, this) { Template = template };
        watched.Attach(member);
        return member;
    }
}
