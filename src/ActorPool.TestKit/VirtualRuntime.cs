using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool.TestKit;

/// <summary>
/// A runtime for pools in tests: one thread, virtual time, seeded randomness. Nothing happens but what the test lets
/// happen: <see cref="Run"/> runs what is ready, <see cref="Advance"/> moves the clock.
/// </summary>
public sealed class VirtualRuntime
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Of its randomness.</param>
    /// <param name="loggerFactory">Where its pools' logs go; null for nowhere.</param>
    public VirtualRuntime(ulong seed = 1, ILoggerFactory? loggerFactory = null)
    {
        Random = new SeededRandom(seed);
        Runtime = new PoolRuntime
        {
            TimeProvider = Time,
            Dispatcher = Dispatcher,
            Random = Random,
            LoggerFactory = loggerFactory ?? NullLoggerFactory.Instance,
        };
    }

    /// <summary>The clock.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>What is ready to run.</summary>
    public ManualDispatcher Dispatcher { get; } = new();

    /// <summary>The randomness.</summary>
    public SeededRandom Random { get; }

    /// <summary>What <see cref="ConnectionPool.Create"/> takes.</summary>
    public PoolRuntime Runtime { get; }

    /// <summary>Runs everything that is ready, until nothing is. The clock stands still.</summary>
    public void Run() => Dispatcher.RunAll();

    /// <summary>Moves the clock, timer by timer, and runs at each stop what has become ready.</summary>
    /// <param name="time">How far; not negative.</param>
    public void Advance(TimeSpan time)
    {
        var target = Time.Elapsed + time;
        Run();
        while (Time.NextTimerIn is { } next && Time.Elapsed + next <= target)
        {
            Time.Advance(next);
            Run();
        }

        Time.Advance(target - Time.Elapsed);
        Run();
    }
}
