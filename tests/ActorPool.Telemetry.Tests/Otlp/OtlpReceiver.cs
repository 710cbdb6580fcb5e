using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorPool.Telemetry.Tests.Otlp;

/// <summary>Receives what an OTLP exporter sends by HTTP, as a collector would, and decodes it.</summary>
public sealed class OtlpReceiver : IAsyncLifetime
{
    readonly ConcurrentQueue<ReceivedMetric> _metrics = new();
    readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    readonly WebApplication _server;

    public OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapPost("/v1/metrics", request => ReceiveAsync(request, export => Keep(_metrics, ReceivedMetric.All(export))));
        _server.MapPost("/v1/traces", request => ReceiveAsync(request, export => Keep(_spans, ReceivedSpan.All(export))));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer)) is Microsoft.AspNetCore.Hosting.Server.IServer server
        ? server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        : throw new InvalidOperationException("The receiver does not run."));

    internal IReadOnlyList<ReceivedMetric> Metrics => [.. _metrics];

    internal IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>Forgets what has come.</summary>
    internal void Clear()
    {
        _metrics.Clear();
        _spans.Clear();
    }

    static async Task ReceiveAsync(HttpContext request, Action<ProtoMessage> keep)
    {
        Assert.Equal("application/x-protobuf", request.Request.ContentType);
        using var body = new MemoryStream();
        await request.Request.Body.CopyToAsync(body);
        keep(new ProtoMessage(body.ToArray()));
        request.Response.ContentType = "application/x-protobuf";
    }

    static void Keep<T>(ConcurrentQueue<T> queue, IEnumerable<T> received)
    {
        foreach (var one in received)
        {
            queue.Enqueue(one);
        }
    }
}
