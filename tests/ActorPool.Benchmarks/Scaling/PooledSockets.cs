using System.Net;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>A pool of connections by <see cref="TcpConnector"/>, with keepalive.</summary>
sealed class PooledSockets(IPEndPoint address, int count, TimeSpan interval) : ISocketHolder
{
    ConnectionPool<Stream>? _pool;
    long _probes;

    public string Name => "a pool of TcpConnector's, with keepalive";

    public long Probes => Interlocked.Read(ref _probes);

    public async Task OpenAsync()
    {
        var connector = new TcpConnector(address.Address.ToString(), address.Port, new TcpConnectorOptions
        {
            Probe = async (stream, cancellationToken) =>
            {
                await SocketProbe.RunAsync(stream, cancellationToken);
                Interlocked.Increment(ref _probes);
            },
        });
        _pool = ConnectionPool.Create(
            connector, new PoolOptions { Name = "sockets", MinSize = count, MaxSize = count, KeepaliveInterval = interval }, new PoolRuntime());
        await _pool.WarmUpAsync(count);
    }

    public Task CloseAsync() => _pool!.DrainAsync();
}
