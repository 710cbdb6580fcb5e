using ActorPool.Redis.Commands;
using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis;

/// <summary>
/// Commands that are sent together and answered in order, errors included, each in its place. Made once, it may run any
/// number of times, on any connection; its memory is kept from run to run, so that a pipeline that is used again allocates
/// nothing. A transaction is a pipeline from <c>MULTI</c> to <c>EXEC</c>: nobody else's commands come in between on a
/// leased connection.
/// </summary>
/// <remarks>
/// Its replies lie in its own memory until it runs again or is cleared; nobody else's ever do. Not thread-safe; it takes
/// part in one run at a time.
/// </remarks>
public sealed class RedisPipeline
{
    readonly CommandBuffer _commands = new(rented: false);
    readonly List<(int Index, CommandEffect Effect)> _effects = [];
    RedisReply[] _replies = [];
    int _isRunning;

    /// <summary>How many commands it has.</summary>
    public int Count { get; private set; }

    /// <summary>For how long its blocking commands may keep it waiting, together.</summary>
    internal TimeSpan BlockingTime { get; private set; }

    internal ReadOnlyMemory<byte> Written => _commands.Written;

    internal ReplyBuffer Incoming { get; } = new(rented: false);

    /// <summary>The commands that do something to their connection.</summary>
    internal IReadOnlyList<(int Index, CommandEffect Effect)> Effects => _effects;

    /// <summary>Adds a command.</summary>
    /// <param name="command">Its name, one word; <c>CLIENT LIST</c> is CLIENT with the argument LIST.</param>
    /// <param name="arguments">Its arguments; their bytes are copied here and now.</param>
    /// <returns>This pipeline.</returns>
    /// <exception cref="ArgumentException">The name is not one word, or an argument is null.</exception>
    /// <exception cref="NotSupportedException">The command is refused on pooled connections: it subscribes, logs in, or silences replies.</exception>
    /// <exception cref="InvalidOperationException">The pipeline is running.</exception>
    public RedisPipeline Add(string command, params ReadOnlySpan<RedisArgument> arguments)
    {
        var rule = CommandRules.Check(command, arguments);
        return Add(rule, command, arguments);
    }

    /// <summary>Forgets all commands and replies, and keeps the memory.</summary>
    /// <exception cref="InvalidOperationException">The pipeline is running.</exception>
    public void Clear()
    {
        ThrowIfRunning();
        _commands.Clear();
        _effects.Clear();
        Array.Clear(_replies);
        Count = 0;
        BlockingTime = TimeSpan.Zero;
    }

    /// <summary>How many commands it has.</summary>
    public override string ToString() => $"pipeline of {Count} command{(Count == 1 ? "" : "s")}";

    /// <summary>Adds what only the connector may send.</summary>
    internal RedisPipeline AddUnchecked(string command, params ReadOnlySpan<RedisArgument> arguments) => Add(rule: null, command, arguments);

    /// <summary>Begins a run.</summary>
    /// <returns>Where the replies go.</returns>
    internal RedisReply[] BeginRun(in RespLimits limits)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw RedisErrors.PipelineRuns();
        }

        if (_replies.Length != Count)
        {
            _replies = new RedisReply[Count];
        }

        Incoming.Begin(limits);
        return _replies;
    }

    internal void EndRun() => Volatile.Write(ref _isRunning, 0);

    RedisPipeline Add(CommandRule? rule, string command, ReadOnlySpan<RedisArgument> arguments)
    {
        ThrowIfRunning();
        _commands.Add(command, arguments);
        if (rule is not null)
        {
            var time = CommandRules.BlockingTime(rule, arguments);
            BlockingTime = time == Timeout.InfiniteTimeSpan || BlockingTime == Timeout.InfiniteTimeSpan
                ? Timeout.InfiniteTimeSpan
                : BlockingTime + time;
            if (rule.Effect != CommandEffect.None)
            {
                _effects.Add((Count, rule.Effect));
            }
        }

        Count++;
        return this;
    }

    void ThrowIfRunning()
    {
        if (Volatile.Read(ref _isRunning) != 0)
        {
            throw RedisErrors.PipelineRuns();
        }
    }
}
