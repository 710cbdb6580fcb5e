using ActorPool.Connections;

namespace ActorPool;

/// <summary>
/// Where and for whom a connection is opened; and, for as long as the connection lives, its line back to the pool.
/// </summary>
public sealed class OpenContext
{
    readonly IConnectionLine? _line;

    internal OpenContext(
        string poolName, long connectionId, int attempt, TimeProvider timeProvider, IConnectionLine? line, Endpoint? endpoint = null)
    {
        PoolName = poolName;
        Endpoint = endpoint;
        ConnectionId = connectionId;
        Attempt = attempt;
        TimeProvider = timeProvider;
        _line = line;
    }

    /// <summary>The pool's name, as in <see cref="PoolOptions.Name"/>.</summary>
    public string PoolName { get; }

    /// <summary>What is connected to, as in <see cref="PoolOptions.Endpoint"/>; null if the pool was not told.</summary>
    public Endpoint? Endpoint { get; }

    /// <summary>Who to log in as, from <see cref="PoolOptions.Credentials"/>; null if the pool has no provider.</summary>
    public Credentials? Credentials { get; internal set; }

    /// <summary>
    /// Which of the endpoint's addresses the connection leads to. Set by the connector, if it knows; null otherwise. After a
    /// network fault the idle connections to the same address are checked before they are handed out.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>The number that this connection carries in logs, snapshots and leases; unique within its pool, from 1.</summary>
    public long ConnectionId { get; }

    /// <summary>How many attempts in a row this is since the endpoint last opened one successfully, from 1.</summary>
    public int Attempt { get; }

    /// <summary>The clock of the pool: what a connector delays or times out, it does by this one.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>
    /// Says that this connection must not be handed out again: its peer closed it, or bytes came that nobody had asked
    /// for. An idle one is closed and replaced at once, a leased one when it is returned. May be called at any time, from
    /// any thread and more than once; never blocks.
    /// </summary>
    /// <param name="reason">What happened; shown in logs and snapshots.</param>
    public void Condemn(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        _line?.Condemn(reason);
    }
}
