using System.Diagnostics;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>Counts the opens of all our pools by their spans, where nothing else tells of them.</summary>
sealed class OpenSpans : IDisposable
{
    const string Open = "connection.open";

    readonly ActivityListener _listener;

    public OpenSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PoolTelemetry.ActivitySourceName,
            Sample = static (ref options) => options.Name == Open ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = _ => Gauge.Begin(),
            ActivityStopped = _ => Gauge.End(),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConnectGauge Gauge { get; } = new();

    public void Dispose() => _listener.Dispose();
}
