using System.Threading.Channels;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>The channel with what ActorPool always has: an acquire that has to wait gives up after 15 s.</summary>
readonly struct TimedChannelCandidate : ICandidate<IdleConnection>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly Channel<IdleConnection> _channel;

    TimedChannelCandidate(Channel<IdleConnection> channel) => _channel = channel;

    public static ValueTask<TimedChannelCandidate> OpenAsync(int size) =>
        new(new TimedChannelCandidate(ChannelCandidate.Fill(size)));

    public ValueTask<IdleConnection> AcquireAsync() =>
        _channel.Reader.TryRead(out var connection) ? new ValueTask<IdleConnection>(connection) : WaitAsync(_channel);

    public void Release(IdleConnection lease) => _channel.Writer.TryWrite(lease);

    public ValueTask DisposeAsync() => default;

    static async ValueTask<IdleConnection> WaitAsync(Channel<IdleConnection> channel)
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await channel.Reader.ReadAsync(timeout.Token);
    }
}
