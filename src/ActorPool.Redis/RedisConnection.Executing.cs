using System.Runtime.CompilerServices;
using ActorPool.Redis.Commands;
using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis;

/// <summary>How commands are sent and replies read.</summary>
partial class RedisConnection
{
    ValueTask<RedisReply> ExecuteAsync(string command, ReadOnlySpan<RedisArgument> arguments, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var rule = CommandRules.Check(command, arguments);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RedisReply>(cancellationToken);
        }

        Begin();
        try
        {
            _outgoing.Add(command, arguments);
        }
        catch
        {
            _outgoing.Clear();
            Rest();
            throw;
        }

        var time = limit ?? (rule is null ? _settings.CommandTimeout : _settings.TimeFor(CommandRules.BlockingTime(rule, arguments)));
        return RunAsync(command, rule?.Effect ?? CommandEffect.None, time, cancellationToken);
    }

    ValueTask<IReadOnlyList<RedisReply>> ExecuteAsync(RedisPipeline pipeline, TimeSpan? limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<RedisReply>>(cancellationToken);
        }

        var replies = pipeline.BeginRun(_settings.Limits);
        try
        {
            Begin();
        }
        catch
        {
            pipeline.EndRun();
            throw;
        }

        return RunAsync(pipeline, replies, limit ?? _settings.TimeFor(pipeline.BlockingTime), cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<RedisReply> RunAsync(string command, CommandEffect effect, TimeSpan time, CancellationToken cancellationToken)
    {
        RedisReply reply;
        var late = false;
        try
        {
            _session.Sent(effect);
            _incoming.Begin(_settings.Limits);
            _clock.Start(time);
            await _stream.WriteAsync(_outgoing.Written, cancellationToken).ConfigureAwait(false);
            _outgoing.Clear();
            reply = await ReadAsync(_incoming, cancellationToken).ConfigureAwait(false);
            Finish(_incoming);
            late = !_clock.Stop();
            ObjectDisposedException.ThrowIf(late, this);
        }
        catch (Exception error)
        {
            throw Fail(error, late, command, time);
        }

        _session.Answered(effect, reply);
        Look(reply);
        Rest();
        return reply.ThrowIfError();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<IReadOnlyList<RedisReply>> RunAsync(RedisPipeline pipeline, RedisReply[] replies, TimeSpan time, CancellationToken cancellationToken)
    {
        Task? writing = null;
        var late = false;
        try
        {
            foreach (var (_, effect) in pipeline.Effects)
            {
                _session.Sent(effect);
            }

            _clock.Start(time);
            if (pipeline.Written.Length > WriteAheadMax)
            {
                writing = _stream.WriteAsync(pipeline.Written, cancellationToken).AsTask();
            }
            else if (replies.Length > 0)
            {
                await _stream.WriteAsync(pipeline.Written, cancellationToken).ConfigureAwait(false);
            }

            for (var i = 0; i < replies.Length; i++)
            {
                // most are there already: no call that might wait
                if (!pipeline.Incoming.TryRead(out replies[i]) || replies[i].Kind == RedisReplyKind.Push)
                {
                    replies[i] = await ReadAsync(pipeline.Incoming, cancellationToken).ConfigureAwait(false);
                }

                Look(replies[i]);
            }

            if (writing is not null)
            {
                await writing.ConfigureAwait(false);
            }

            Finish(pipeline.Incoming);
            late = !_clock.Stop();
            ObjectDisposedException.ThrowIf(late, this);
        }
        catch (Exception error)
        {
            var failure = Fail(error, late, pipeline.ToString(), time);
            await HearOutAsync(writing).ConfigureAwait(false);
            pipeline.EndRun();
            throw failure;
        }

        foreach (var (index, effect) in pipeline.Effects)
        {
            _session.Answered(effect, replies[index]);
        }

        pipeline.EndRun();
        Rest();
        return replies;
    }

    /// <summary>The next reply; push messages are no replies.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<RedisReply> ReadAsync(ReplyBuffer incoming, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (incoming.TryRead(out var reply))
            {
                if (reply.Kind != RedisReplyKind.Push)
                {
                    return reply;
                }
            }

            var count = await _stream.ReadAsync(incoming.Room(), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw RedisErrors.EndedByServer(_settings.Endpoint, incoming.HasUnread);
            }

            incoming.Received(count);
        }
    }

    /// <summary>All replies are read: then nothing may be left but push messages.</summary>
    void Finish(ReplyBuffer incoming)
    {
        while (incoming.HasUnread)
        {
            if (!incoming.TryRead(out var rest) || rest.Kind != RedisReplyKind.Push)
            {
                throw RedisErrors.Unasked(_settings.Endpoint);
            }
        }

        incoming.End();
    }

    /// <summary>An error that says that its server is not what it was has the connection closed after the lease.</summary>
    void Look(in RedisReply reply)
    {
        if (reply.IsError && reply.ToException() is { Condemns: true } error)
        {
            _error ??= error;
            _context.Condemn(error);
        }
    }

    /// <summary>Closes the connection for what has happened on it.</summary>
    /// <returns>What to throw.</returns>
    Exception Fail(Exception error, bool late, string what, TimeSpan time)
    {
        var failure = late || !_clock.Stop() ? RedisErrors.TimedOut(_settings.Endpoint, what, time, error)
            : error is ObjectDisposedException && _error is not null ? RedisErrors.Closed(_settings.Endpoint, _error)
            : error;
        Break(failure);
        return failure;
    }

    void Begin()
    {
        var was = Interlocked.CompareExchange(ref _state, AtWork, AtRest);
        if (was != AtRest)
        {
            throw was == AtWork ? RedisErrors.Busy(_settings.Endpoint) : RedisErrors.Closed(_settings.Endpoint, _error);
        }
    }

    void Rest() => Interlocked.CompareExchange(ref _state, AtRest, AtWork);

    static async ValueTask HearOutAsync(Task? writing)
    {
        try
        {
            await (writing ?? Task.CompletedTask).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the reading has failed, and with it the connection: that is what is told
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
