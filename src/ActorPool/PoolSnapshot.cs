using System.Diagnostics.CodeAnalysis;

namespace ActorPool;

/// <summary>
/// A pool at one moment: its numbers (<see cref="PoolOverview"/>) and every connection. The same picture feeds errors, logs and
/// metrics.
/// </summary>
/// <remarks>
/// Taken in one turn of the pool's supervisor, so that all of it belongs together; but where a pool has ever had more than
/// 4,096 connections at a time <see cref="IConnectionPool.Snapshot"/> looks at them in several turns, so that no caller waits for long: some may
/// have moved on since the numbers were taken.
/// </remarks>
public sealed record PoolSnapshot : PoolOverview
{
    [SetsRequiredMembers]
    internal PoolSnapshot(PoolOverview numbers, IReadOnlyList<ConnectionSnapshot> connections)
        : base(numbers) => Connections = connections;

    /// <summary>Every lease that is out.</summary>
    public IEnumerable<LeaseSnapshot> Leases => Connections.SelectMany(connection => connection.Leases);

    /// <summary>Every slot in use, in the order of their numbers.</summary>
    public IReadOnlyList<ConnectionSnapshot> Connections { get; init; }

    /// <summary>
    /// The whole picture in lines: the numbers, then each connection with its holders, last error and flight recorder.
    /// </summary>
    public string ToReport() => string.Join('\n', Connections
        .SelectMany(connection => connection.Leases.Select(lease => $"    leased: {lease}")
            .Prepend($"  {connection}")
            .Concat(connection.History.Select(transition => $"    {transition}")))
        .Prepend(ToString()));
}
