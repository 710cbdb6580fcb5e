using ActorPool.Diagnostics;
using ActorPool.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool.Actors;

/// <summary>
/// What the actors of one runtime share: clock, timers, dispatcher, randomness, events, and the guardian, parent of those
/// who have no other.
/// </summary>
sealed class ActorSystem
{
    public ActorSystem(PoolRuntime runtime)
    {
        Clock = new Clock(runtime.TimeProvider);
        Timers = new TimerQueue(Clock);
        Dispatcher = runtime.Dispatcher;
        Random = runtime.Random;
        SendersWait = runtime.SendersWait;
        Events = new EventStream(runtime.Dispatcher);
        Guardian = new Guardian(this);
        Instruments = PoolInstruments.Of(runtime.MeterFactory);
        Instruments.Attach(this, Sources);
        if (!ReferenceEquals(runtime.LoggerFactory, NullLoggerFactory.Instance))
        {
            Events.Subscribe(new EventLog(runtime.LoggerFactory.CreateLogger("ActorPool")).Write);
        }
    }

    public Clock Clock { get; }

    public TimerQueue Timers { get; }

    public IDispatcher Dispatcher { get; }

    public IRandomSource Random { get; }

    /// <summary>Whether a sender that finds an actor busy waits a moment, see <see cref="Actor.TryEnterSlowly"/>.</summary>
    public bool SendersWait { get; }

    public EventStream Events { get; }

    public Guardian Guardian { get; }

    /// <summary>The open pools and groups.</summary>
    public MetricSources Sources { get; } = new();

    /// <summary>What is measured as it happens.</summary>
    public PoolInstruments Instruments { get; }
}
