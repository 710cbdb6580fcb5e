using System.Diagnostics.Metrics;

namespace ActorPool.Benchmarks.Listening;

/// <summary>Meters that a listener can tell from those of other pools in the process.</summary>
sealed class OwnMeters : IMeterFactory
{
    Meter? _meter;

    public Meter Create(MeterOptions options) =>
        _meter ??= new Meter(new MeterOptions(options.Name) { Version = options.Version, Scope = this });

    /// <summary>Listens to all that these meters say, and forgets it.</summary>
    /// <param name="heard">Called for every measurement; null where that is of no interest.</param>
    public MeterListener Listen(Action? heard = null)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, this))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard?.Invoke());
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => heard?.Invoke());
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => heard?.Invoke());
        listener.Start();
        return listener;
    }

    public void Dispose() => _meter?.Dispose();
}
