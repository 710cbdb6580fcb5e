using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace ActorPool.Telemetry;

/// <summary>
/// The instruments of one meter, and the runtimes whose pools they tell of. Runtimes are held weakly: a meter may live as
/// long as the process. <c>Observing</c> and <c>Budgets</c> have those that are read; those that are recorded are here.
/// </summary>
/// <remarks>
/// Each read takes the numbers anew, one short turn per pool: a picture kept for the other metrics of the same collection
/// could not be told from a stale one, since a meter does not say when a collection begins.
/// </remarks>
sealed partial class PoolInstruments
{
    static readonly ConditionalWeakTable<Meter, PoolInstruments> ByMeter = new();
    static readonly Lazy<Meter> OurMeter = new(static () => new Meter(PoolTelemetry.MeterName, Spans.Version));

    // From a tenth of a millisecond to a minute, by the steps that the conventions advise for operations.
    static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
    };

    // A runtime's pools by what stands for the runtime: its pools hold that, so that it is there as long as they are.
    readonly ConditionalWeakTable<object, MetricSources> _runtimes = new();

    PoolInstruments(Meter meter)
    {
        WaitTime = meter.CreateHistogram(
            "db.client.connection.wait_time", "s", "The time it took to obtain an open connection from the pool.", tags: null, Buckets);
        UseTime = meter.CreateHistogram(
            "db.client.connection.use_time", "s", "The time between borrowing a connection and returning it to the pool.", tags: null, Buckets);
        CreateTime = meter.CreateHistogram(
            "db.client.connection.create_time", "s", "The time it took to create a new connection.", tags: null, Buckets);
        ObservePools(meter);
        ObserveGroups(meter);
        ObserveBudgets(meter);
    }

    public Histogram<double> WaitTime { get; }

    public Histogram<double> UseTime { get; }

    public Histogram<double> CreateTime { get; }

    /// <summary>The instruments of a factory's meter; null is the meter of the process. One set for each meter, whoever asks.</summary>
    public static PoolInstruments Of(IMeterFactory? factory)
    {
        var meter = factory is null
            ? OurMeter.Value
            : factory.Create(new MeterOptions(PoolTelemetry.MeterName) { Version = Spans.Version });

        // the table may make two and keep one, and the other's instruments would be on the meter all the same
        lock (ByMeter)
        {
            return ByMeter.GetValue(meter, static meter => new PoolInstruments(meter));
        }
    }

    /// <summary>Tells of a runtime's pools from now on, for as long as the runtime or one of them is there.</summary>
    /// <param name="runtime">What stands for the runtime.</param>
    /// <param name="sources">Its pools and groups.</param>
    public void Attach(object runtime, MetricSources sources) => _runtimes.AddOrUpdate(runtime, sources);
}
