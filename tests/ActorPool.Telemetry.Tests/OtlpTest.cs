using System.Diagnostics;
using ActorPool.Telemetry.Tests.Otlp;
using ActorPool.TestKit;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ActorPool.Telemetry.Tests;

/// <summary>
/// Tests of what arrives at the other end: the OpenTelemetry SDK as an application sets it up, its OTLP exporter, and a real
/// receiver. The pools are in virtual time, so that what they measured is known.
/// </summary>
public abstract class OtlpTest : IClassFixture<OtlpReceiver>, IDisposable
{
    protected const string Pool = "db.client.connection.pool.name";

    readonly MeterFactory _factory = new();
    readonly MeterProvider _meters;
    readonly TracerProvider _traces;

    protected OtlpTest(OtlpReceiver receiver)
    {
        Receiver = receiver;
        receiver.Clear();
        World = new VirtualRuntime(meterFactory: _factory);
        _meters = Sdk.CreateMeterProviderBuilder()
            .AddMeter(PoolTelemetry.MeterName)
            .AddOtlpExporter(exporter => SendTo(exporter, "v1/metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(PoolTelemetry.ActivitySourceName, Application.Name)
            .AddOtlpExporter(exporter => SendTo(exporter, "v1/traces"))
            .Build();
    }

    protected ActivitySource Application { get; } = new("application");

    protected OtlpReceiver Receiver { get; }

    protected VirtualRuntime World { get; }

    protected ScriptedConnector<ScriptedConnection> Connector { get; } = ScriptedConnection.Connector();

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
        _factory.Dispose();
        Application.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    protected ConnectionPool<ScriptedConnection> Create(string name, Action<PoolOptions>? configure = null)
    {
        var options = new PoolOptions { Name = name, LifetimeJitter = 0, ReconnectBackoff = { Jitter = false } };
        configure?.Invoke(options);
        var pool = ConnectionPool.Create(Connector, options, World.Runtime);
        World.Run();
        return pool;
    }

    /// <summary>Collects and exports; what has arrived since.</summary>
    private protected IReadOnlyList<ReceivedMetric> Metrics()
    {
        Receiver.Clear();
        Assert.True(_meters.ForceFlush(), "the metrics were not exported");
        return Receiver.Metrics;
    }

    /// <summary>Exports; every span that has arrived in this test.</summary>
    private protected IReadOnlyList<ReceivedSpan> Spans()
    {
        World.Run();
        Assert.True(_traces.ForceFlush(), "the spans were not exported");
        return Receiver.Spans;
    }

    private protected static ReceivedSpan Span(IEnumerable<ReceivedSpan> spans, string name) => Assert.Single(spans, span => span.Name == name);

    void SendTo(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;

        // Each span on its way when it ends: a batch's flush may return while its request is still under way.
        exporter.ExportProcessorType = ExportProcessorType.Simple;
        exporter.Endpoint = new Uri(Receiver.Address, path);
    }
}
