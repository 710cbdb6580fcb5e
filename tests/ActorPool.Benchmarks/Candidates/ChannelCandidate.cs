using System.Threading.Channels;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>The pool that most people write: a bounded channel, filled once. No timeout, no cancellation.</summary>
readonly struct ChannelCandidate : ICandidate<IdleConnection>
{
    readonly Channel<IdleConnection> _channel;

    ChannelCandidate(Channel<IdleConnection> channel) => _channel = channel;

    public static ValueTask<ChannelCandidate> OpenAsync(int size) => new(new ChannelCandidate(Fill(size)));

    /// <summary>A channel that holds as many connections as fit.</summary>
    public static Channel<IdleConnection> Fill(int size)
    {
        var channel = Channel.CreateBounded<IdleConnection>(size);
        foreach (var connection in IdleConnection.Many(size))
        {
            channel.Writer.TryWrite(connection);
        }

        return channel;
    }

    public ValueTask<IdleConnection> AcquireAsync() => _channel.Reader.ReadAsync();

    public void Release(IdleConnection lease) => _channel.Writer.TryWrite(lease);

    public ValueTask DisposeAsync() => default;
}
