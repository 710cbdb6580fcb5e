using System.Diagnostics.Metrics;

namespace ActorPool.Telemetry.Tests;

/// <summary>A meter of its own for each test, made once as a host's factory does.</summary>
sealed class MeterFactory : IMeterFactory
{
    Meter? _meter;

    public Meter Create(MeterOptions options) => _meter ??= new Meter(new MeterOptions(options.Name) { Version = options.Version, Scope = this });

    public void Dispose() => _meter?.Dispose();
}
