using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>What a pool must keep to, whatever happens to it.</summary>
sealed partial class PoolLife
{
    /// <summary>What must hold whenever nothing is left to run at this moment of time.</summary>
    public void Check()
    {
        Run();
        Collect();
        Assert.Empty(Failures);
        Assert.Empty(_connector.Violations);
        var now = _pool.Snapshot();
        CheckSize(now);
        Assert.True(_calls.Count == now.Waiting, $"{_calls.Count} callers wait: {now}");
        Assert.False(now is { Waiting: > 0, Idle: > 0, IsPaused: false }, $"{now}");
        Assert.False(now is { Waiting: > 0, IsClosed: true } or { Waiting: > 0, Health: PoolHealth.Unavailable, IsPaused: false }, $"{now}");
        if (!now.IsClosed && now.NextAttemptIn is not { Ticks: > 0 } && _budget is null)
        {
            CheckProgress(now);
        }
    }

    void CheckSize(PoolSnapshot now)
    {
        // A pool that was made smaller keeps what is leased until it comes back, and nothing else.
        Assert.True(now.Size - now.Transient - now.Closing <= now.MaxSize || now is { Idle: 0 }, $"{now}");
        Assert.True(now.Size - now.Transient <= _maxSizeEver, $"{now}");
        Assert.True(now.Granted is not { } granted || now.Size <= granted, $"{now}");
        Assert.True(_budget is null || _budget.Snapshot().Granted <= _budget.Snapshot().Max);
        Assert.True(now.Transient >= 0 && now.Stale >= 0 && now.Stale <= now.Size, $"{now}");
        if (!_isHarsh)
        {
            var size = _connector.Open.Count(connection => !_detached.Contains(connection)) + _connector.Opening;
            Assert.True(size <= _maxSizeEver + now.Transient, $"{size} connections: {now}");
        }
    }

    /// <summary>Whoever waits, and what is missing to the minimum, is being worked on, as far as the limits allow.</summary>
    void CheckProgress(PoolSnapshot now)
    {
        var present = now.Size - now.Opening - now.Closing;
        var demand = now.IsPaused ? 0 : (now.Waiting + _options.MaxLeasesPerConnection - 1) / _options.MaxLeasesPerConnection;

        // What replaces a connection that is closing to keep the minimum may wait until it has closed.
        var wanted = now.Closing > 0 || _options.FillStagger > TimeSpan.Zero ? demand : Math.Max(demand, now.MinSize - present);
        var limit = now.NextAttemptIn is null ? _options.MaxConcurrentConnects : 1;
        var room = now.Opening + now.MaxSize - (now.Size - now.Transient);
        Assert.True(now.Opening >= Math.Min(wanted, Math.Min(limit, room)), $"nothing is done for who waits: {now}");
    }

    /// <summary>Closes the pool: everybody is answered, and every connection has been closed once or detached once.</summary>
    public void End()
    {
        while (_leases.Count > 0)
        {
            EndLease(0, static lease => lease.Dispose());
        }

        var drained = _pool.DrainAsync(TimeSpan.Zero);
        Advance(TimeSpan.FromSeconds(1));
        _connector.ReleaseHung();
        Advance(TimeSpan.FromSeconds(1));
        Collect();
        Check();
        Assert.True(drained.IsCompletedSuccessfully, $"{_pool.Snapshot()}");
        Assert.Empty(_calls);
        Assert.Equal(0, _pool.Snapshot().Size);
        Assert.All(_connector.Open, connection => Assert.Contains(connection, _detached));
        Assert.All(_commands, command => Assert.True(command.IsCompleted, "a command was never answered"));
        Assert.Equal(_connector.OpenedCount, _connector.Closed.Count + _detached.Count);
        Assert.Equal(_connector.Closed.Count, _connector.Closed.Select(closed => closed.Connection).Distinct().Count());
        if (!_isHarsh)
        {
            // The pool does not count what opened after it had given up on it.
            Assert.Equal(_connector.Closed.Count, _pool.Snapshot().Closed.Values.Sum());
        }

        Assert.Equal(0, _budget?.Snapshot().Granted ?? 0);
        Assert.Null(_world.Time.NextTimerIn);
    }

    /// <summary>Takes note of who was answered: nobody before those who had come earlier and got nothing yet.</summary>
    void Collect()
    {
        Call? earlier = null;
        foreach (var call in _calls.ToArray())
        {
            if (!call.Answer.IsCompleted)
            {
                earlier ??= call;
                continue;
            }

            _calls.Remove(call);
            call.Cancellation.Dispose();
            if (call.Answer.IsCompletedSuccessfully)
            {
                Hold(call.Answer.Result);
                if (earlier is not null)
                {
                    // Whoever was answered may not know it yet.
                    Run();
                    Assert.True(earlier.Answer.IsCompleted || Failures.Count > 0 || _hasPaused, "a caller was served before one who had come earlier");
                    Collect();
                    return;
                }
            }
            else if (call.Answer.Exception?.InnerException is { } error && error is not (PoolException or OperationCanceledException))
            {
                Assert.Fail($"{error}");
            }
        }
    }

    void Hold(Lease<ScriptedConnection> lease)
    {
        if (!lease.IsActive)
        {
            // Cut by a drain before it was looked at.
            return;
        }

        var leases = _leases.Count(other => other.IsActive && other.Connection == lease.Connection) + 1;
        Assert.True(leases <= _leasesMax, $"{leases} leases of one connection");
        Assert.DoesNotContain(lease.Connection, _detached);
        Assert.Contains(lease.Connection, _connector.Open);
        _leases.Add(lease);
    }
}
