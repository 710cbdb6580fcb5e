using System.Runtime.CompilerServices;

namespace ActorPool.Http.Exchanges;

/// <summary>The stream of a <see cref="LeasedContent"/>: tells it when the body has been read, or cannot be.</summary>
sealed class LeasedBody(Stream inner, LeasedContent content) : Stream
{
    bool _isOver;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isOver)
        {
            return 0;
        }

        try
        {
            return Received(inner.Read(buffer), buffer.Length);
        }
        catch (Exception error)
        {
            content.Fail(error);
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isOver)
        {
            return new ValueTask<int>(0);
        }

        var reading = inner.ReadAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully
            ? new ValueTask<int>(Received(reading.Result, buffer.Length))
            : AwaitAsync(reading, buffer.Length);
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            await inner.CopyToAsync(destination, bufferSize, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            content.Fail(error);
            throw;
        }

        Received(0, 1);
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> AwaitAsync(ValueTask<int> reading, int asked)
    {
        try
        {
            return Received(await reading.ConfigureAwait(false), asked);
        }
        catch (Exception error)
        {
            content.Fail(error);
            throw;
        }
    }

    int Received(int count, int asked)
    {
        if (count == 0 && asked > 0)
        {
            _isOver = true;
            content.Finish();
        }

        return count;
    }
}
