using System.Net.Security;

namespace ActorPool.Http.Connections;

/// <summary>
/// <see cref="PlainLine"/> for a connection under TLS. A handler that wants TLS lays its own over a stream that is no
/// <see cref="SslStream"/>; so this is one by type, and in everything it does the pool's stream, under which the TLS is.
/// </summary>
sealed class SecureLine : SslStream
{
    readonly PlainLine _line;

    public SecureLine(Stream inner, LineState state)
        : base(new MemoryStream(), leaveInnerStreamOpen: false) => _line = new PlainLine(inner, state);

    public override bool IsAuthenticated => true;

    public override bool IsEncrypted => true;

    public override bool IsSigned => true;

    public override bool CanRead => _line.CanRead;

    public override bool CanWrite => _line.CanWrite;

    public override int Read(byte[] buffer, int offset, int count) => _line.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => _line.Read(buffer);

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return _line.Read(one) == 0 ? -1 : one[0];
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _line.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _line.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _line.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _line.Write(buffer);

    public override void WriteByte(byte value) => _line.Write([value]);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _line.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _line.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _line.Dispose();
        }

        base.Dispose(disposing);
    }
}
