using ActorPool.Endpoints;
using ActorPool.Routing;
using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Checks;
using ActorPool.Simulation.Checks.Groups;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation;

/// <summary>A replica group on trial, with its members as subjects of their own.</summary>
sealed partial class GroupSubject
{
    const int PastMax = 4;

    static readonly Action<Operation, Exception?> Nobody = static (_, _) => { };

    readonly World _world;
    readonly GroupCheck[] _checks;
    readonly GroupOptionsDraw _draw;
    readonly OptionsDraw _memberDraw;
    readonly ConnectorSteps _steps;
    readonly List<Task> _commands = [];
    GroupView? _known;
    int _telling;

    public GroupSubject(World world)
    {
        _world = world;
        _memberDraw = new OptionsDraw(world, "group", budget: null);
        var pool = _memberDraw.Next();
        pool.MaxLeasesPerConnection = 1;
        _steps = _memberDraw.Steps();
        _draw = new GroupOptionsDraw(world);
        Options = _draw.Next(pool);
        Options.RoleProbe = _draw.KnowsRoles ? AskRoleAsync : null;
        Names = new SimulatedNames(world) { Timeout = pool.ConnectTimeout };
        Options.Resolver = Names.ResolveAsync;
        for (var server = 2 + world.Choices.Next(2); server > 0; server--)
        {
            Add(new SimulatedServer($"10.0.0.{world.Network.Servers.Count + 1}"));
        }

        world.Trace?.Add($"group: {GroupOptionsDraw.Describe(Options)}");
        world.Trace?.Add($"members: {OptionsDraw.Describe(pool)}, steps {_steps}");
        Group = new ReplicaGroup<SimulatedConnection>(
            Connect,
            Options.ResolveNames ? [new Endpoint("db", 1)] : world.Network.Servers.ConvertAll(static server => new Endpoint(server.Name, 1)),
            Options,
            world.Runtime);
        Adopt();
        _checks = CheckList.For(world, this);
    }

    public ReplicaGroup<SimulatedConnection> Group { get; }

    public ReplicaSupervisor Supervisor => Group.Supervisor;

    public ReplicaGroupOptions<SimulatedConnection> Options { get; }

    public SimulatedNames Names { get; }

    /// <summary>Everybody who was ever a member, or was made to be one.</summary>
    public List<PoolSubject> Members { get; } = [];

    /// <summary>Acquires that nobody has looked at the answer of.</summary>
    public List<GroupCall> Calls { get; } = [];

    /// <summary>A few leases that have ended.</summary>
    public List<Held> Past { get; } = [];

    /// <summary>What servers have said of their roles, one after the other.</summary>
    public List<(PoolSubject Member, ReplicaRole Role)> Told { get; } = [];

    public LeaseScope Scope { get; set; } = new("scope");

    public bool HasDrained { get; private set; }

    public bool HasCommands => _telling > 0 || _commands.Exists(static command => !command.IsCompleted);

    /// <summary>Whether names are being looked up, or members drained.</summary>
    public bool IsAtWork => Names.Pending.Count > 0 || Peek.Leaving(Supervisor).Count > 0;

    /// <summary>Whether any lease is out.</summary>
    public bool HasLeases => Members.Exists(static member => member.Leases.Count > 0);

    /// <summary>Whether its options let nobody wait and nothing be kept.</summary>
    public bool MayRefuseAll => Options.Pool is { MaxWaiters: 0 } pool && pool.IdleTimeout == TimeSpan.Zero;

    /// <summary>Whether nobody who acquires would have to wait for a turn that cannot end.</summary>
    public bool MayAcquire => !_world.Busy.Exists(static actor => actor is EndpointSupervisor);

    /// <summary>Whether anybody may be told how everybody is.</summary>
    public bool MayAcquireAtOnce => _world.Busy.Count == 0;

    /// <summary>A member that serves; null if there is none.</summary>
    public PoolSubject? MemberOf(EndpointSupervisor? supervisor)
    {
        foreach (var member in Members)
        {
            if (member.IsMade && ReferenceEquals(member.Supervisor, supervisor))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>A member with leases out; null if there is none.</summary>
    public PoolSubject? MemberWithLeases()
    {
        var first = _world.Choices.Next(Members.Count + 1);
        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[(first + i) % Members.Count] is { Leases.Count: > 0 } member)
            {
                return member;
            }
        }

        return null;
    }

    public void AfterStep()
    {
        Adopt();
        foreach (var member in Members)
        {
            if (member.IsMade)
            {
                member.AfterStep();
            }
        }

        foreach (var check in _checks)
        {
            check.AfterStep();
        }
    }

    public void AtRest()
    {
        foreach (var member in Members)
        {
            if (member.IsMade)
            {
                member.AtRest();
            }
        }

        foreach (var check in _checks)
        {
            check.AtRest();
        }
    }

    public void AtEnd()
    {
        foreach (var member in Members)
        {
            member.AtEnd();
        }

        foreach (var check in _checks)
        {
            check.AtEnd();
        }
    }

    void Add(SimulatedServer server)
    {
        server.Role = _world.Network.Servers.Count == 0 ? ReplicaRole.Primary : ReplicaRole.Standby;
        _world.Network.Servers.Add(server);
        Names.Listed.Add(server);
    }

    SimulatedConnector Connect(ReplicaEndpoint target)
    {
        if (Options.ResolveNames && !_world.HasCleared && _world.Choices.OneIn(16))
        {
            Names.LastAnswer = null;
            throw new InvalidOperationException("no connector for once");
        }

        var server = _world.Network.Servers.Find(server => server.Name == target.Address.Host)!;
        var member = new PoolSubject(_world, $"member {Members.Count + 1} at {server}", server, Options.Pool, _steps);
        Members.Add(member);
        _world.Trace?.Add($"    {member.Name} is made");
        return member.Connector;
    }

    /// <summary>Takes note of members whose pools were made.</summary>
    void Adopt()
    {
        if (ReferenceEquals(_known, Supervisor.View))
        {
            return;
        }

        _known = Supervisor.View;
        foreach (var member in _known.Members)
        {
            var (connector, pool) = ((SimulatedConnector)((ReplicaMember<SimulatedConnection>)member).Connector, ((ReplicaMember<SimulatedConnection>)member).Pool);
            if (connector.Subject.Pool is null)
            {
                connector.Subject.Join(pool);
            }
        }
    }

    async ValueTask<ReplicaRole> AskRoleAsync(SimulatedConnection connection, CancellationToken cancellationToken)
    {
        var member = Members.Find(member => member.Connections.Contains(connection))!;
        var isNew = connection.RoleQuestions++ == 0;
        if (isNew)
        {
            member.StepBegins(OperationKind.Role, connection);
        }
        else if (member.Leases.Exists(held => ReferenceEquals(held.Connection, connection) && held.Lease.IsActive))
        {
            _world.Report("OneHolder", $"{connection} is asked for its role behind its holder's back");
        }

        // Later it is asked under a lease, which may be cut like any other.
        var role = await _world.Network.Begin(
            OperationKind.Role, connection, isNew ? member.Ended : Nobody, cancellationToken).Role.ConfigureAwait(false);
        _world.Trace?.Add($"    {connection} says that it is {role}");
        Told.Add((member, role));
        return role;
    }
}
