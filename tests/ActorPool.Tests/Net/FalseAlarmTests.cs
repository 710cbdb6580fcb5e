using System.Net;
using System.Net.Sockets;

namespace ActorPool.Tests.Net;

/// <summary>The idle watch against events of bytes that were read long ago.</summary>
[Collection(RealThreads.Name)]
public sealed class FalseAlarmTests
{
    [Fact]
    public async Task An_event_of_bytes_that_were_read_already_does_not_condemn_an_idle_stream()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        var connector = new TcpConnector("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, new TcpConnectorOptions
        {
            // A reply read byte by byte: its event may come when its last byte has been read.
            Handshake = static async (stream, _, token) =>
            {
                for (var ask = 0; ask < 3; ask++)
                {
                    await AskAsync(stream, token);
                }
            },
        });
        await using var pool = ConnectionPool.Create(connector, new PoolOptions { MaxSize = 4, MaxLifetime = TimeSpan.Zero }, new PoolRuntime());

        // No lifetime: every lease has a connection that has just opened.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var use = 0; use < 100; use++)
            {
                await pool.UseAsync(static (stream, token) => AskAsync(stream, token));
            }
        }));

        Assert.Equal(0, pool.Snapshot().OpensFailed);
        Assert.DoesNotContain(CloseReason.Condemned, pool.Snapshot().Closed.Keys);
        listener.Stop();
        await serving;
    }

    static async ValueTask AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("ask\r\n"u8.ToArray(), cancellationToken);
        var one = new byte[1];
        for (var read = 0; read < 5; read++)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
        }
    }

    static async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    static async Task EchoAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await client.GetStream().CopyToAsync(client.GetStream());
            }
            catch (IOException)
            {
                // The pool closed it.
            }
        }
    }
}
