using System.Net;

namespace ActorPool;

/// <summary>
/// How a <see cref="ReplicaGroup{TConnection}"/> chooses among its members. Checked once, when the group is made: all problems
/// are reported together, and later changes have no effect.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public sealed class ReplicaGroupOptions<TConnection>
    where TConnection : class
{
    /// <summary>
    /// What the members' pools have in common; its name is the group's. Each member gets a copy, with its endpoint filled in
    /// and the endpoint added to its name. <see cref="PoolOptions.Endpoint"/> must be null here.
    /// </summary>
    public PoolOptions Pool { get; set; } = new();

    /// <summary>
    /// Changes the copy for one member before its pool is made; null changes nothing. Must not block. What it throws at the
    /// start reaches the maker of the group; later, it leaves that member out until the name is looked up again.
    /// </summary>
    public Action<ReplicaEndpoint, PoolOptions>? Configure { get; set; }

    /// <summary>How to choose among members that can serve. Default <see cref="RoutingStrategy.RoundRobin"/>.</summary>
    public RoutingStrategy Strategy { get; set; } = RoutingStrategy.RoundRobin;

    /// <summary>
    /// How long an acquire waits at one member before it is offered to another with room as well; whichever serves first
    /// does. A member that is known to fail is not waited for at all. Default 100 ms; 1 ms to 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> to stay. (The staggered attempts of RFC 8305, for replicas.)
    /// </summary>
    public TimeSpan HedgeDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A member with so many faults in a row (leases that ended faulty, failed probes and opens) without a lease that went
    /// well in between is ejected: left alone for a time. Default 5; 1 to 1,000, or 0 for never. Ejection, its growth and its
    /// limits follow Envoy's outlier detection.
    /// </summary>
    public int EjectAfterFaults { get; set; } = 5;

    /// <summary>
    /// How long the first ejection lasts; the n-th lasts n times as long. A member that stays well for as long forgets one.
    /// Default 30 s; 1 ms to 1 day.
    /// </summary>
    public TimeSpan BaseEjectionTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an ejection lasts at most. Default 5 min; <see cref="BaseEjectionTime"/> to 1 day.</summary>
    public TimeSpan MaxEjectionTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Which share of the members may be ejected at once, rounded down. Default 0.5; 0 to 1.</summary>
    public double MaxEjectedShare { get; set; } = 0.5;

    /// <summary>
    /// If a smaller share of the members than this can serve, health and ejections are ignored and all members used: the
    /// few are not run over (Envoy's panic threshold). An acquire that meets one that cannot serve still goes on to the next.
    /// Default 0.5; 0 to 1, where 0 is never.
    /// </summary>
    public double PanicThreshold { get; set; } = 0.5;

    /// <summary>Which members may serve, unless an acquire says otherwise. Default <see cref="TargetRole.Any"/>.</summary>
    public TargetRole Role { get; set; } = TargetRole.Any;

    /// <summary>
    /// Asks a member for its role: on every new connection before it is pooled, and on an idle one again every
    /// <see cref="RoleInterval"/>; never on one that somebody has leased. What it throws condemns the connection. Default
    /// null: roles are not known, and none can be asked for.
    /// </summary>
    public Func<TConnection, CancellationToken, ValueTask<ReplicaRole>>? RoleProbe { get; set; }

    /// <summary>
    /// How often members are asked for their roles. Default 10 s; 1 ms to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/> for
    /// new connections alone. A member that begins to fail, and an acquire that finds nobody in the role it wants, have all
    /// members asked at once, up to once a second.
    /// </summary>
    public TimeSpan RoleInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether names are looked up by the group, so that each address becomes a member of its own. Default false: a name is
    /// one member, and its connector looks it up.
    /// </summary>
    public bool ResolveNames { get; set; }

    /// <summary>
    /// How often names are looked up again. New addresses become members, missing ones are drained. A lookup that fails or
    /// finds nothing changes nothing. Default 30 s; 1 ms to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/> for once.
    /// </summary>
    public TimeSpan ResolveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Looks a name up; null is the system's resolver. Runs on the dispatcher; it is given up after
    /// <see cref="PoolOptions.ConnectTimeout"/>.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>>? Resolver { get; set; }
}
