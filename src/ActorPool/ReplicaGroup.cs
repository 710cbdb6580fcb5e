using System.Diagnostics;
using ActorPool.Actors;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;
using ActorPool.Retries;
using ActorPool.Routing;

namespace ActorPool;

/// <summary>
/// Several endpoints that serve the same, as one pool: a pool for each member, and a strategy that chooses among them. A
/// member that fails is passed over as long as another can serve, and is back when its connections open again.
/// </summary>
/// <remarks>
/// An acquire that finds a connection free at the member that was chosen costs little more than at that member's pool. One
/// that must wait begins at one member, goes on to the next when that one fails, and asks another as well when that one
/// begins to fail or takes longer than <see cref="ReplicaGroupOptions{TConnection}.HedgeDelay"/>; it gets one lease, whoever
/// else grants one is given it back.
/// </remarks>
/// <typeparam name="TConnection">What is pooled.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class ReplicaGroup<TConnection> : IConnectionPool<TConnection>, IPoolReceiver<TConnection>, IRetryHost<TConnection>
    where TConnection : class
{
    readonly ReplicaGroupSettings _settings;
    readonly ActorSystem _system;
    readonly ReplicaFactory<TConnection> _factory;
    readonly ReplicaSupervisor _supervisor;
    readonly MemberChoice _choice;

    /// <summary>
    /// Makes a group. Its members' pools open <see cref="PoolOptions.MinSize"/> connections each in the background at once;
    /// the call itself neither waits nor connects, nor looks names up.
    /// </summary>
    /// <param name="connect">
    /// Makes the connector of one member. Called here for every endpoint, or, where names are looked up, on the dispatcher for
    /// every new address. Must not block.
    /// </param>
    /// <param name="endpoints">The members, or the names that lead to them; at least one, none twice.</param>
    /// <param name="options">How it chooses; null is <c>new ReplicaGroupOptions()</c>. Copied: later changes have no effect.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public ReplicaGroup(
        Func<ReplicaEndpoint, IConnector<TConnection>> connect,
        IEnumerable<Endpoint> endpoints,
        ReplicaGroupOptions<TConnection>? options = null,
        PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(endpoints);
        options ??= new ReplicaGroupOptions<TConnection>();
        runtime ??= PoolRuntime.Default;
        _settings = ReplicaGroupSettings.From(options, [.. endpoints]);
        _system = runtime.System;
        _retries = new RetryPolicies(_settings.Retry, _system.Clock);
        _choice = new MemberChoice(_settings, _system.Random);
        _factory = new ReplicaFactory<TConnection>(connect, options.RoleProbe, _settings, runtime);
        _supervisor = new ReplicaSupervisor(_system, _settings, _factory);
        _factory.Supervisor = _supervisor;
        Ref = new PoolRef<TConnection>(this);
        _supervisor.Tell(GroupMessage.Command(GroupRequest.Begin, _settings.ResolvesNames ? [] : MakeMembers()));
        _system.Sources.Add(_supervisor);
    }

    /// <summary>The group's name, as in <see cref="PoolOptions.Name"/> of <see cref="ReplicaGroupOptions{TConnection}.Pool"/>.</summary>
    public string Name => _settings.Name;

    /// <inheritdoc/>
    public PoolRef<TConnection> Ref { get; }

    /// <summary>Every member at this moment, those that have left and are draining included.</summary>
    public IReadOnlyList<ReplicaSnapshot> Members => SnapshotMembers(TakePicture());

    internal ReplicaSupervisor Supervisor => _supervisor;

    /// <summary>
    /// The sum of the members, taken one after the other. An acquire that waits at several counts once; those waiting are
    /// the group's, and leases that the group itself took (to ask for a role, or granted after another had served) are not
    /// counted. The health is that of the healthiest member. Connection numbers are unique within a member only.
    /// </summary>
    public PoolSnapshot Snapshot() => Sum(TakePicture());

    /// <summary>The counts of <see cref="Snapshot"/> alone.</summary>
    public PoolOverview Overview()
    {
        var picture = TakePicture();
        return GroupSnapshots.SumNumbers(
            Name,
            picture,
            Array.ConvertAll(picture.Members, static member => member.Supervisor.Overview()),
            Array.ConvertAll(picture.Leaving, static member => member.Supervisor.Overview()),
            _factory.InnerLeases);
    }

    /// <summary>Closes the group and drains all its members. See <see cref="IConnectionPool.DrainAsync"/>.</summary>
    /// <param name="deadline">How long to wait for leases; null is <see cref="PoolOptions.DrainTimeout"/>.</param>
    public Task DrainAsync(TimeSpan? deadline = null)
    {
        if (deadline is { } limit)
        {
            _ = ToTimeoutMs(limit);
        }

        var message = GroupMessage.Command(GroupRequest.Close);
        _supervisor.TakeTurn(ref message);
        return Task.WhenAll(((ReplicaMember[])message.Payload!).Select(member => member.DrainAsync(deadline)));
    }

    /// <summary>Drains the group: <see cref="DrainAsync"/> with <see cref="PoolOptions.DrainTimeout"/>.</summary>
    public ValueTask DisposeAsync() => new(DrainAsync());

    /// <summary>The group in one line.</summary>
    public override string ToString() => $"replica group '{Name}' of {_supervisor.View.Members.Length}";

    ReplicaMember[] MakeMembers()
    {
        var members = new List<ReplicaMember>();
        try
        {
            foreach (var endpoint in _settings.Endpoints)
            {
                members.Add(_factory.Make(new ReplicaEndpoint(endpoint, endpoint)));
            }
        }
        catch (Exception)
        {
            foreach (var member in members)
            {
                _ = member.DrainAsync(TimeSpan.Zero);
            }

            throw;
        }

        return [.. members];
    }

    GroupPicture TakePicture()
    {
        var message = GroupMessage.Command(GroupRequest.TakePicture);
        _supervisor.TakeTurn(ref message);
        return (GroupPicture?)message.Payload
            ?? throw new InvariantException("the supervisor of a replica group failed while its picture was taken");
    }

    PoolSnapshot Sum(GroupPicture picture) => GroupSnapshots.Sum(
        Name,
        picture,
        Array.ConvertAll(picture.Members, static member => member.Supervisor.Snapshot()),
        Array.ConvertAll(picture.Leaving, static member => member.Supervisor.Snapshot()),
        _factory.InnerLeases);

    static List<ReplicaSnapshot> SnapshotMembers(GroupPicture picture)
    {
        var members = new List<ReplicaSnapshot>();
        members.AddRange(picture.Members.Select(member => Snapshot(member, isLeaving: false)));
        members.AddRange(picture.Leaving.Select(member => Snapshot(member, isLeaving: true)));
        return members;

        ReplicaSnapshot Snapshot(ReplicaMember member, bool isLeaving) => new()
        {
            Endpoint = member.Target,
            Role = member.Role,
            EjectedFor = member.IsEjected ? TimeSpan.FromMilliseconds(Math.Max(0, member.EjectedUntilMs - picture.TakenAtMs)) : null,
            Ejections = member.Ejections,
            FaultsInARow = member.Faults.Length,
            IsLeaving = isLeaving,
            Pool = member.Supervisor.Snapshot(),
        };
    }

    static long ToTimeoutMs(TimeSpan timeout) =>
        timeout >= TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
            ? PoolSettings.ToMs(timeout)
            : throw PoolErrors.Timeout(timeout);
}
