using ActorPool;

// Not in a namespace of ActorPool, so that its own using has to do.
namespace ReadmeSamples;

/// <summary>The sample of README.md: its usings, and what stands between the marks. ReadmeTests compares and runs it.</summary>
static class ReadmeSample
{
    public static async Task RunAsync(string host, int port, CancellationToken cancellationToken)
    {
        // <readme>
        await using var pool = ConnectionPool.Create(
            new TcpConnector(host, port),
            new PoolOptions { Name = "echo", MinSize = 2, MaxSize = 16 });

        // A lease: one connection, yours alone until it is disposed.
        await using (Lease<Stream> lease = await pool.AcquireAsync(cancellationToken))
        {
            await lease.Connection.WriteAsync("hello\n"u8.ToArray(), cancellationToken);
            await lease.Connection.ReadExactlyAsync(new byte[6], cancellationToken);
        }

        // Or let the pool see what goes wrong: an error condemns the connection, and the next caller gets a fresh one.
        byte[] answer = new byte[12];
        await pool.UseAsync(async (stream, token) =>
        {
            await stream.WriteAsync("hello again\n"u8.ToArray(), token);
            await stream.ReadExactlyAsync(answer, token);
        }, cancellationToken);
        // </readme>
        Assert.Equal("hello again\n"u8.ToArray(), answer);
        Assert.Equal(2, pool.Snapshot().Acquired);
    }
}
