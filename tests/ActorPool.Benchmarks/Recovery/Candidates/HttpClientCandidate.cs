using System.Net.Sockets;
using ActorPool.Http;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>GET over .NET's own handler, or over ours. Neither tells when a request gets its connection.</summary>
sealed class HttpClientCandidate : RecoveryCandidate
{
    readonly HttpClient _client;
    readonly Uri _address;
    readonly ConnectGauge _gauge;
    readonly Func<ValueTask>? _close;

    HttpClientCandidate(int port, HttpMessageHandler handler, ConnectGauge gauge, Func<ValueTask>? close = null)
    {
        _client = new HttpClient(handler);
        _address = new Uri($"http://127.0.0.1:{port}/hundred");
        (_gauge, _close) = (gauge, close);
    }

    public override long? Connects => _gauge.Begun;

    public override int? ConnectsMost => _gauge.Most;

    public static RecoveryCandidate Theirs(int port)
    {
        var gauge = new ConnectGauge();
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = Limits.Connections,
            UseProxy = false,
            ConnectCallback = async (context, token) =>
            {
                gauge.Begin();
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(context.DnsEndPoint, token);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
                finally
                {
                    gauge.End();
                }
            },
        };
        return new HttpClientCandidate(port, handler, gauge);
    }

    /// <summary>Ours.</summary>
    /// <param name="port">The server.</param>
    /// <param name="waits">Whether requests wait while the server is away, rather than fail with its first refusal, which is the default of HTTP.</param>
    public static RecoveryCandidate Ours(int port, bool waits)
    {
        var options = new HttpPoolOptions { UseProxy = false };
        var pool = Limits.Pool("http", minSize: 0);
        pool.UnavailableAfter = waits ? pool.UnavailableAfter : options.Pool.UnavailableAfter;
        options.Pool = pool;
        var pools = new HttpPools(options);
        var spans = new OpenSpans();
        return new HttpClientCandidate(port, new PooledHttpHandler(pools), spans.Gauge, async () =>
        {
            await pools.DisposeAsync();
            spans.Dispose();
        });
    }

    public override void ResetMost() => _gauge.Reset();

    public override async ValueTask RequestAsync(RequestNote note)
    {
        note.Sent();
        using var response = await _client.GetAsync(_address);
        response.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_close is not null)
        {
            await _close();
        }
    }
}
