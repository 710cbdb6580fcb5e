using ActorPool.Benchmarks.Loopback;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>The probe of a connection to <see cref="LoopbackEcho"/>: four bytes there and back.</summary>
static class SocketProbe
{
    public static ReadOnlyMemory<byte> Bytes { get; } = "ping"u8.ToArray();

    public static async ValueTask RunAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Bytes, cancellationToken);
        await stream.ReadExactlyAsync(new byte[Bytes.Length], cancellationToken);
    }
}
