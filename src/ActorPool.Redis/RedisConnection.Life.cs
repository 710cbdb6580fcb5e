using ActorPool.Redis.Commands;
using ActorPool.Redis.Connections;
using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis;

/// <summary>What the connector does with a connection: opens its session, returns, resets and breaks it.</summary>
partial class RedisConnection
{
    /// <summary>Whether its holder left something to clear.</summary>
    internal bool NeedsReset => _session.IsDirty;

    /// <summary>Whether it may be pooled again, as far as it knows itself.</summary>
    internal bool TryReturn()
    {
        if (Volatile.Read(in _state) == AtWork)
        {
            Break(RedisErrors.PendingAtReturn(_settings.Endpoint));
        }
        else if (_session.IsLost)
        {
            Break(RedisErrors.ChangedForGood(_settings.Endpoint));
        }

        return Volatile.Read(in _state) == AtRest && _error is null;
    }

    /// <summary>Logs in and chooses the database, as the options say.</summary>
    /// <exception cref="RedisErrorException">The server refuses a step.</exception>
    internal async ValueTask OpenSessionAsync(CancellationToken cancellationToken)
    {
        var handshake = new Handshake(_settings, _context.Credentials);
        var commands = new CommandBuffer(rented: false);
        handshake.WriteTo(commands);
        Begin();
        try
        {
            await WriteAsync(commands, cancellationToken).ConfigureAwait(false);
            _incoming.Begin(_settings.Limits);
            for (var step = 0; step < handshake.Steps; step++)
            {
                handshake.Check(step, await ReadAsync(_incoming, cancellationToken).ConfigureAwait(false));
            }

            Finish(_incoming);
            Rest();
        }
        catch (Exception error)
        {
            Break(error);
            throw;
        }
    }

    /// <summary>Asks whether the server is there; that it refuses to say so to this user is an answer too.</summary>
    internal async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("PING", [], Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisErrorException error) when (error.Code == "NOPERM")
        {
        }
    }

    /// <summary>Clears what its holder left behind.</summary>
    internal async ValueTask ResetAsync(CancellationToken cancellationToken)
    {
        var session = _session;
        var pipeline = new RedisPipeline();
        if (session.InTransaction)
        {
            pipeline.AddUnchecked("DISCARD");
        }

        if (session.IsWatching)
        {
            pipeline.AddUnchecked("UNWATCH");
        }

        if (session.HasSelected)
        {
            pipeline.AddUnchecked("SELECT", _settings.Database);
        }

        if (session.IsRenamed)
        {
            pipeline.AddUnchecked("CLIENT", "SETNAME", _settings.ClientName ?? "");
        }

        foreach (var reply in await ExecuteAsync(pipeline, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
        {
            // a MULTI that was refused, or whose end we have not recognised: then there is nothing to discard
            if (reply.IsError && !reply.Span.EndsWith("DISCARD without MULTI"u8))
            {
                throw reply.ToException();
            }
        }

        _session = default;
    }

    /// <summary>Closes it for good, and says why; what was known before is the reason.</summary>
    internal void Break(Exception reason)
    {
        Interlocked.CompareExchange(ref _error, reason, null);
        if (Interlocked.Exchange(ref _state, Broken) != Broken)
        {
            // first the reason: the stream has a less particular one
            _context.Condemn(reason);
            _stream.Dispose();
            _clock.Dispose();
        }
    }

    /// <summary>Its pool closes it.</summary>
    internal void Retire()
    {
        if (Interlocked.Exchange(ref _state, Broken) != Broken)
        {
            _clock.Dispose();
        }
    }

    /// <summary>The timer's thread: the command that is pending is late. It fails once the stream is closed under it.</summary>
    void OnLate() => _stream.Dispose();

    // A server that wants none of us says so and closes; our own bytes may then find nobody.
    async ValueTask WriteAsync(CommandBuffer commands, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(commands.Written, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // what it said, if anything, is read next; if nothing, that read fails too
        }
    }
}
