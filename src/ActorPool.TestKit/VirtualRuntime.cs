using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool.TestKit;

/// <summary>
/// A runtime for pools in tests: one thread, virtual time, seeded randomness. Nothing happens but what the test lets
/// happen: <see cref="Run()"/> runs what is ready, <see cref="Advance"/> moves the clock, and
/// <see cref="Await(Task, TimeSpan?, string)"/> does both until a task is over. To be used by one thread at a time.
/// </summary>
public sealed partial class VirtualRuntime
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Of its randomness: the same seed, the same test.</param>
    /// <param name="loggerFactory">Where its pools' logs go; null for nowhere.</param>
    /// <param name="meterFactory">Where its pools' metrics go (<see cref="PoolTelemetry"/>); null for the meter of the process.</param>
    public VirtualRuntime(ulong seed = 1, ILoggerFactory? loggerFactory = null, IMeterFactory? meterFactory = null)
    {
        Random = new SeededRandom(seed);
        Runtime = new PoolRuntime
        {
            TimeProvider = Time,
            Dispatcher = Dispatcher,
            Random = Random,
            LoggerFactory = loggerFactory ?? NullLoggerFactory.Instance,
            MeterFactory = meterFactory,
        };
    }

    /// <summary>The clock. Give it to whatever else is to live in virtual time: it is a <see cref="TimeProvider"/>.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>What is ready to run.</summary>
    public ManualDispatcher Dispatcher { get; } = new();

    /// <summary>The randomness.</summary>
    public SeededRandom Random { get; }

    /// <summary>What <see cref="ConnectionPool.Create"/> takes.</summary>
    public PoolRuntime Runtime { get; }

    /// <summary>Runs everything that is ready, until nothing is. The clock stands still.</summary>
    /// <exception cref="ExpectationException">After a million work items there is still more: something starts itself again and again.</exception>
    public void Run() => Dispatcher.RunAll();

    /// <summary>Moves the clock, timer by timer, and runs at each stop what has become ready.</summary>
    /// <param name="time">How far; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Drive(static () => false, time);
    }
}
