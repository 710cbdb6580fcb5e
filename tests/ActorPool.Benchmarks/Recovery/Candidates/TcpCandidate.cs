namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>Streams from ActorPool.</summary>
sealed class TcpCandidate : RecoveryCandidate
{
    readonly ConnectionPool<Stream> _pool;
    readonly ConnectGauge _gauge = new();

    TcpCandidate(int port, bool logsIn, Action<PoolOptions>? configure)
    {
        var options = Limits.Pool("echo");
        configure?.Invoke(options);
        _pool = ConnectionPool.Create(
            new GaugedConnector(
                new TcpConnector("127.0.0.1", port, new TcpConnectorOptions { Handshake = logsIn ? static (stream, _, token) => EchoClient.AskAsync(stream, token) : null }),
                _gauge),
            options);
    }

    public ConnectionPool<Stream> Pool => _pool;

    public ConnectGauge Gauge => _gauge;

    public override long? Connects => _gauge.Begun;

    public override int? ConnectsMost => _gauge.Most;

    public override void ResetMost() => _gauge.Reset();

    public static TcpCandidate Open(int port, bool logsIn, Action<PoolOptions>? configure = null) => new(port, logsIn, configure);

    public override async ValueTask RequestAsync(RequestNote note) => await _pool.UseAsync(
        static async (stream, note, token) =>
        {
            note.Sent();
            await EchoClient.AskAsync(stream, token);
            return true;
        },
        note,
        CancellationToken.None);

    public override ValueTask DisposeAsync() => new(_pool.DrainAsync(TimeSpan.Zero));
}
