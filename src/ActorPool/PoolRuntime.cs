using System.Diagnostics.Metrics;
using ActorPool.Actors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool;

/// <summary>
/// What pools take from outside: time, threads, randomness, logs. One may serve any number of pools;
/// <see cref="Default"/> is the system's own. Tests put in their own (see ActorPool.TestKit).
/// </summary>
public sealed class PoolRuntime
{
    ActorSystem? _system;

    /// <summary>The system's clock, the thread pool, the system's randomness, no logs.</summary>
    public static PoolRuntime Default { get; } = new();

    /// <summary>The clock and its timers. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where work starts. Default the thread pool.</summary>
    public IDispatcher Dispatcher { get; init; } = ThreadPoolDispatcher.Instance;

    /// <summary>Where randomness comes from. Default the system's, seeded at random.</summary>
    public IRandomSource Random { get; init; } = SystemRandom.Instance;

    /// <summary>Where logs go. Default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Makes the meter of the pools' metrics (<see cref="PoolTelemetry"/>), such as the factory that a host has among its
    /// services. Default null: one meter for all such runtimes of the process. Who listens by the meter's name hears of both.
    /// </summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// The pools that are open on this runtime at this moment, in the order in which they were made: those of directories and the
    /// members of replica groups too, each endpoint's by itself. A pool is on the list until it is drained to the end. This is
    /// where health checks, meters and pages find what there is.
    /// </summary>
    public IReadOnlyList<IConnectionPool> Pools => Volatile.Read(ref _system)?.Sources.ToList() ?? [];

    /// <summary>
    /// The budgets over many machines that the open pools on this runtime share, each once, in the order of their names: for
    /// health checks and pages. A budget is on the list as long as one of its pools is open.
    /// </summary>
    public IReadOnlyList<IClusterBudget> ClusterBudgets =>
        Volatile.Read(ref _system)?.Sources.ClusterBudgets.OrderBy(static budget => budget.Name, StringComparer.Ordinal).ToList() ?? [];

    /// <summary>
    /// Whether a sender that finds an actor busy waits a moment for its turn to end. Where all turns run on one thread nobody
    /// could end it meanwhile.
    /// </summary>
    internal bool SendersWait { get; init; } = true;

    /// <summary>One actor system per runtime: its pools share a timer and an event stream.</summary>
    internal ActorSystem System =>
        Volatile.Read(ref _system)
        ?? Interlocked.CompareExchange(ref _system, new ActorSystem(this), null)
        ?? _system;
}
