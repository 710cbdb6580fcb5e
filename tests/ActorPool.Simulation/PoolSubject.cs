using ActorPool.Diagnostics;
using ActorPool.Endpoints;
using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Checks;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation;

/// <summary>A pool on trial, and what is known of it from outside.</summary>
sealed class PoolSubject
{
    const int PastMax = 4;

    readonly World _world;
    readonly Check[] _checks;
    readonly List<Task> _commands = [];
    int _telling;

    public PoolSubject(World world, string name, SimulatedServer server, ConnectionBudget? budget)
    {
        _world = world;
        Name = name;
        Server = server;
        Ended = OperationEnded;
        Budget = budget;
        OptionsDraw = new OptionsDraw(world, name, budget);
        Options = OptionsDraw.Next();
        Connector = new SimulatedConnector(world.Network, this, server, OptionsDraw.Steps());
        Use(Options);
        world.Trace?.Add($"pool {name}: {OptionsDraw.Describe(Options)}, steps {Connector.Steps}");
        Pool = ConnectionPool.Create(Connector, Options, world.Runtime);
        Supervisor = Pool.Supervisor;
        Pool.Subscribe(Happened);
        _checks = CheckList.For(world, this);
    }

    /// <summary>A member of a group, which makes its pool: see <see cref="Join"/>.</summary>
    public PoolSubject(World world, string name, SimulatedServer server, PoolOptions options, ConnectorSteps steps)
    {
        _world = world;
        Name = name;
        Server = server;
        Ended = OperationEnded;
        OptionsDraw = new OptionsDraw(world, name, budget: null);
        Options = options;
        Connector = new SimulatedConnector(world.Network, this, server, steps);
        Use(options);
        _checks = CheckList.ForMember(world, this);
    }

    public string Name { get; }

    public SimulatedServer Server { get; }

    public ConnectionBudget? Budget { get; }

    public OptionsDraw OptionsDraw { get; }

    public SimulatedConnector Connector { get; }

    public ConnectionPool<SimulatedConnection> Pool { get; private set; } = null!;

    public EndpointSupervisor Supervisor { get; private set; } = null!;

    /// <summary>Whether there is a pool that anybody knows of.</summary>
    public bool IsMade => Supervisor is not null;

    /// <summary>Its options now, or soon.</summary>
    public PoolOptions Options { get; private set; }

    /// <summary>The loosest of all options that it has had.</summary>
    public OptionBounds Bounds { get; } = new();

    /// <summary>What is being opened, open or being closed.</summary>
    public List<SimulatedConnection> Connections { get; } = [];

    public List<SimulatedConnection> Detached { get; } = [];

    /// <summary>Acquires that nobody has looked at the answer of.</summary>
    public List<Call> Calls { get; } = [];

    public List<Held> Leases { get; } = [];

    /// <summary>A few leases that have ended.</summary>
    public List<Held> Past { get; } = [];

    /// <summary>What the network tells the end of an operation.</summary>
    public Action<Operation, Exception?> Ended { get; }

    /// <summary>How many commands it was ever given.</summary>
    public int Commands { get; private set; }

    /// <summary>Whether it was ever asked for more connections than its minimum.</summary>
    public bool HasWarmedUp { get; set; }

    /// <summary>Whether a command has not been answered.</summary>
    public bool HasCommands => _telling > 0 || _commands.Exists(static command => !command.IsCompleted);

    public LeaseScope Scope { get; set; } = new("scope");

    public bool HasDrained { get; set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    /// <summary>The group has made its pool.</summary>
    public void Join(ConnectionPool<SimulatedConnection> pool)
    {
        Pool = pool;
        Supervisor = pool.Supervisor;
    }

    public void Use(PoolOptions options)
    {
        Options = options;
        Bounds.Widen(options);
    }

    /// <summary>Has it do something. Much may happen before the call returns.</summary>
    public void Tell(PoolCommand command)
    {
        _world.Trace?.Add($"  {Name}: {(command is ReconfigurePool reconfigure ? $"reconfigured to {OptionsDraw.Describe(reconfigure.Options)}" : command.ToString())}");
        Commands++;
        _telling++;
        _commands.RemoveAll(static command => command.IsCompleted);
        _commands.Add(Pool.ExecuteAsync(command));
        _telling--;
    }

    public void AfterStep()
    {
        foreach (var check in _checks)
        {
            check.AfterStep();
        }
    }

    public void AtRest()
    {
        foreach (var check in _checks)
        {
            check.AtRest();
        }
    }

    public void AtEnd()
    {
        foreach (var check in _checks)
        {
            check.AtEnd();
        }
    }

    /// <summary>A caller has looked at its answer.</summary>
    public void Taken(Call call, Lease<SimulatedConnection> lease, Exception? failure)
    {
        foreach (var check in _checks)
        {
            check.Answered(call, failure);
        }

        if (failure is null && lease.IsActive)
        {
            Hold(new Held(lease, lease.Connection, call.Number));
        }
    }

    public void Hold(Held held)
    {
        foreach (var check in _checks)
        {
            check.Leased(held);
        }

        Leases.Add(held);
    }

    public void End(Held held)
    {
        Leases.Remove(held);
        Past.Add(held);
        if (Past.Count > PastMax)
        {
            Past.RemoveAt(0);
        }
    }

    public void OpenBegins(SimulatedConnection connection)
    {
        Supervisor ??= Peek.Supervisor(connection.Context);
        Connections.Add(connection);
        foreach (var check in _checks)
        {
            check.OpenBegins(connection);
        }
    }

    public void StepBegins(OperationKind kind, SimulatedConnection connection)
    {
        foreach (var check in _checks)
        {
            check.StepBegins(kind, connection);
        }

        connection.Busy = kind;
        if (kind == OperationKind.Close)
        {
            connection.Closes++;
            connection.Stage = Stage.Closing;
        }
    }

    /// <summary>An operation of the connector's has ended.</summary>
    void OperationEnded(Operation operation, Exception? error)
    {
        var connection = operation.Connection;
        connection.Busy = null;
        switch (operation.Kind)
        {
            case OperationKind.Open when error is null:
                connection.Stage = Stage.Open;
                Opened++;
                break;
            case OperationKind.Open:
                connection.Stage = Stage.Failed;
                Connections.Remove(connection);
                break;
            case OperationKind.Close:
                connection.Stage = Stage.Closed;
                connection.IsDead = true;
                Connections.Remove(connection);
                Closed++;
                break;
            case OperationKind.Reset when error is null:
                connection.IsDirty = false;
                break;
            default:
                break;
        }
    }

    /// <summary>The pool has the connector look at a connection, on the way in or out.</summary>
    public void Looked(SimulatedConnection connection)
    {
        foreach (var check in _checks)
        {
            check.Looked(connection);
        }
    }

    /// <summary>A connection is its holder's own from now on.</summary>
    public void Detach(SimulatedConnection connection)
    {
        connection.Stage = Stage.Detached;
        Connections.Remove(connection);
        Detached.Add(connection);
    }

    /// <summary>
    /// … or the pool's again, as one that was opened: what a return that came too late left on it was its holder's to clear.
    /// </summary>
    public void Attach(SimulatedConnection connection)
    {
        connection.IsDirty = false;
        connection.Stage = Stage.Open;
        Detached.Remove(connection);
        Connections.Add(connection);
    }

    void Happened(PoolEvent happened)
    {
        _world.Trace?.Add($"    {Name} says {EventText.Of(happened)}");
        foreach (var check in _checks)
        {
            check.Happened(happened);
        }
    }
}
