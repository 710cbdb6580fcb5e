using System.Diagnostics.Metrics;

namespace ActorPool.Telemetry.Tests;

/// <summary>The files that these tests were built from, and what the library built from them publishes.</summary>
static class Repository
{
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        throw new InvalidOperationException($"No ActorPool.sln above {AppContext.BaseDirectory}: these tests read the repository.");
    }

    /// <summary>Every instrument of the meter.</summary>
    public static IReadOnlyList<Instrument> Instruments()
    {
        using var factory = new MeterFactory();
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();
        _ = ConnectionPool.Create(
            Connector.Create(static (_, _) => new ValueTask<object>(new object())),
            new PoolOptions(),
            new TestKit.VirtualRuntime(meterFactory: factory).Runtime);
        return instruments;
    }
}
