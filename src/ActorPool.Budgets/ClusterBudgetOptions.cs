namespace ActorPool.Budgets;

/// <summary>
/// A budget over many machines, as one node sees it. The same on every node, but for <see cref="NodeName"/> and
/// <see cref="NodeNumber"/>.
/// </summary>
public sealed class ClusterBudgetOptions
{
    /// <summary>
    /// The budget's name: nodes with the same name at the same engine share one. 1 to 24 characters: letters, digits, <c>. _ -</c>. With a fence no other budget
    /// may have it at the fenced server, not even one of another database or engine: each would end the other's connections.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>How many connections all nodes may have between them; 1 to 1,000,000. If nodes differ, the one that joined last decides.</summary>
    public int Connections { get; set; }

    /// <summary>
    /// The node's name, for the book and the dashboard; 1 to 24 characters: letters, digits, <c>. _ -</c>. Default null: the machine's name. Several
    /// nodes may have the same.
    /// </summary>
    public string? NodeName { get; set; }

    /// <summary>
    /// The node's number among <see cref="MaxNodes"/>, from 0; null (the default): it has none. Whoever gives numbers promises that no two
    /// processes that run at the same time have the same (a Kubernetes StatefulSet does).
    /// </summary>
    public int? NodeNumber { get; set; }

    /// <summary>How many nodes there are at most; 1 to 100,000. Default null: as many as come. Needed with <see cref="OfflineFloor"/> and <see cref="EngineConnections"/>.</summary>
    public int? MaxNodes { get; set; }

    /// <summary>
    /// How long a node may use its grants after its last renewal, counted from before it was sent. Default 10 s; 1 s to 1 h. The longer, the
    /// fewer renewals and the longer an engine's outage that nobody notices; the longer too until a dead node's grants come back.
    /// </summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How much longer than <see cref="Lifetime"/> the others wait before they take a silent node's grants: for clocks that do not run at
    /// the same speed. Default 2 s; a hundredth of the lifetime to 1 day.
    /// </summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long before its deadline a node that was cut off begins to close. Default 1 s; 10 ms to a third of the lifetime.</summary>
    public TimeSpan ClosingTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a node renews. Default null: a third of the lifetime, give or take a tenth. 50 ms to half of the lifetime.</summary>
    public TimeSpan? RenewInterval { get; set; }

    /// <summary>How long one request to the engine may take. Default null: as <see cref="RenewInterval"/>. At least 10 ms; with the renew interval and
    /// the closing time it must be below the lifetime.</summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// How long a node that lacks grants waits before it looks again, and how often nodes look for others' wishes at an engine that
    /// cannot tell of changes. Default 250 ms; 10 ms to the renew interval.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// A grant is unused when no pool has wanted it for so long: only then does it go to others. Spares grants from going to and fro under even
    /// load. Default 500 ms; 0 to 1 h.
    /// </summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a silent node's grants are kept back where no fence confirms that its connections are gone. Default 60 s; 0 to 1 day. As long as a
    /// process may be frozen, or a server run on for a killed one (PostgreSQL's <c>tcp_keepalives_idle</c> and following).
    /// </summary>
    public TimeSpan FreezeQuarantine { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>What becomes of leased connections at the deadline. Default <see cref="OnDeadline.CloseLeased"/>.</summary>
    public OnDeadline OnDeadline { get; set; }

    /// <summary>
    /// How many connections a node keeps when it is cut off, once it has joined and grants flow. Default 0. They are set aside for every one of <see cref="MaxNodes"/>, who
    /// need numbers: <c>OfflineFloor × MaxNodes</c>, and what the engine takes, must be below <see cref="Connections"/>.
    /// </summary>
    public int OfflineFloor { get; set; }

    /// <summary>
    /// How many connections of each node the engine itself takes from the budget: 1 if it is the PostgreSQL whose connections are counted
    /// (<see cref="PostgresGrantStore"/> holds one), else 0, the default. They are set aside for every one of <see cref="MaxNodes"/>.
    /// </summary>
    public int EngineConnections { get; set; }
}
