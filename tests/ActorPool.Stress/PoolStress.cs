using System.Collections.Concurrent;
using System.Diagnostics;
using ActorPool.TestKit;

namespace ActorPool.Stress;

/// <summary>
/// Callers that await, block, try, cancel, give up, mark faulty, detach, dispose twice and end their scopes, and somebody who
/// pauses, resizes, evicts and reconfigures, at a small pool whose connections fail to open, die and hang: never two holders,
/// never above the maximum, every acquire answered exactly once, every connection closed exactly once, waiters in order.
/// </summary>
sealed class PoolStress(ulong seed) : IStress
{
    const int MaxSize = 5;
    const int Callers = 24;

    readonly SeededRandom _random = new(seed);
    readonly ConcurrentDictionary<Connection, int> _live = new();
    readonly ConcurrentQueue<string> _broken = new();
    readonly ConcurrentDictionary<string, long> _outcomes = new();
    int _size;
    int _sizeMax;
    long _opened;
    long _closed;
    long _detached;

    public async Task<int> RunAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time && _broken.IsEmpty)
        {
            // Pools come and go, so that drains meet everything else.
            var left = time - watch.Elapsed;
            await LivePoolAsync(left < TimeSpan.FromSeconds(2) ? left : TimeSpan.FromSeconds(2));
        }

        await OrderAsync();
        foreach (var (outcome, count) in _outcomes.OrderByDescending(pair => pair.Value))
        {
            Console.WriteLine($"  {count,12:N0}  {outcome}");
        }

        Console.WriteLine($"  {_opened:N0} opened, {_closed:N0} closed, {_detached:N0} detached, at most {_sizeMax} at once");
        foreach (var broken in _broken.Take(10))
        {
            Console.WriteLine($"  broken: {broken}");
        }

        return _broken.IsEmpty ? 0 : 1;
    }

    async Task LivePoolAsync(TimeSpan time)
    {
        var pool = ConnectionPool.Create(
            Connector.Create(
                open: OpenAsync,
                close: CloseAsync,
                probe: (connection, _) => UseAlone(connection, "probe", static () => { }),
                reset: (connection, _) => UseAlone(connection, "reset", static () => { }),
                isReusable: connection => !connection.IsDead),
            NewOptions(_random),
            new PoolRuntime());
        using var stop = new CancellationTokenSource(time);
        var callers = Enumerable.Range(0, Callers).Select(_ =>
        {
            var random = new SeededRandom(_random.NextUInt64());
            return Task.Run(() => CallAsync(pool, random, stop.Token));
        }).ToList();
        var operatorsRandom = new SeededRandom(_random.NextUInt64());
        callers.Add(Task.Run(() => OperateAsync(pool, operatorsRandom, stop.Token)));

        // Half of the pools are drained under their callers, half after them.
        if (_random.Next(2) == 0)
        {
            await Task.WhenAll(callers);
        }
        else
        {
            await Task.Delay(time / 2, CancellationToken.None);
        }

        var drain = pool.DrainAsync(TimeSpan.FromMilliseconds(_random.Next(20)));
        await stop.CancelAsync();
        await Answered(Task.WhenAll(callers), "callers", pool);
        await Answered(drain, "the drain", pool);
        if (pool.Snapshot() is { Size: not 0 } or { Waiting: not 0 })
        {
            _broken.Enqueue($"after the drain: {pool.Snapshot()}");
        }

        if (!_live.IsEmpty)
        {
            _broken.Enqueue($"{_live.Count} connections are open after the drain");
        }
    }

    static PoolOptions NewOptions(SeededRandom random) => new()
    {
        MaxSize = MaxSize,
        MinSize = random.Next(MaxSize),
        AcquireTimeout = TimeSpan.FromMilliseconds(200),
        IdleTimeout = TimeSpan.FromMilliseconds(20),
        MaxLifetime = TimeSpan.FromMilliseconds(300),
        KeepaliveInterval = TimeSpan.FromMilliseconds(10),
        ValidateAfterIdle = TimeSpan.Zero,
        ConnectTimeout = TimeSpan.FromMilliseconds(50),
        ReconnectBackoff = { Initial = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(5) },
        UnavailableAfter = TimeSpan.FromSeconds(1),
        Order = random.Next(2) == 0 ? IdleOrder.Lifo : IdleOrder.Fifo,
    };

    /// <summary>Somebody who cannot leave the pool alone.</summary>
    async Task OperateAsync(ConnectionPool<Connection> pool, SeededRandom random, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await pool.ExecuteAsync(NextCommand(random));
                _outcomes.AddOrUpdate("operations", 1, static (_, count) => count + 1);
                await Task.Delay(random.Next(4), CancellationToken.None);
            }
        }
        catch (PoolException)
        {
            // Closed meanwhile, or unavailable.
        }
    }

    static PoolCommand NextCommand(SeededRandom random) => random.Next(7) switch
    {
        0 => new EvictConnections(),
        1 => new EvictConnections(Over: TimeSpan.FromMilliseconds(random.Next(20))),
        2 => new PausePool(TimeSpan.FromMilliseconds(random.Next(5))),
        3 => new ResumePool(),
        4 => new ResizePool(random.Next(2), 1 + random.Next(MaxSize)),
        5 => new ReconfigurePool(NewOptions(random)),
        _ => new OpenNow(),
    };

    async Task Answered(Task task, string whose, ConnectionPool<Connection> pool)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            _broken.Enqueue($"{whose} were never answered: {pool.Snapshot()}");
            throw;
        }
    }

    async Task CallAsync(ConnectionPool<Connection> pool, SeededRandom random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Use(await AcquireAsync(pool, random), random);
            }
            catch (Exception error) when (error is PoolException or OperationCanceledException)
            {
                _outcomes.AddOrUpdate(error.GetType().Name, 1, static (_, count) => count + 1);
                if (error is PoolClosedException)
                {
                    return;
                }

                await Task.Yield();
            }
        }
    }

    static async ValueTask<Lease<Connection>> AcquireAsync(ConnectionPool<Connection> pool, SeededRandom random)
    {
        switch (random.Next(10))
        {
            case 0:
                return pool.Acquire(TimeSpan.FromMilliseconds(random.Next(20)));
            case 1:
                return pool.TryAcquire(out var tried) ? tried : default;
            case 2:
                using (var cancellation = new CancellationTokenSource())
                {
                    var acquire = pool.AcquireAsync(cancellation.Token);
                    if (random.Next(2) == 0)
                    {
                        await Task.Yield();
                    }

                    cancellation.Cancel();
                    return await acquire;
                }

            case 3:
                return await pool.AcquireAsync(TimeSpan.FromMilliseconds(random.Next(5)));
            case 5:
                var scope = new LeaseScope("a scope");
                var lease = await pool.AcquireAsync(new AcquireLease(TimeSpan.FromMilliseconds(50), scope));
                _ = Task.Run(scope.Dispose);
                return lease;
            case 4:
                var reply = await pool.Ref.Ask(new AcquireLease(TimeSpan.FromMilliseconds(50), "a caller"));
                return reply.IsSuccess ? reply.Lease : throw reply.Failure;
            default:
                return await pool.AcquireAsync();
        }
    }

    void Use(Lease<Connection> lease, SeededRandom random)
    {
        if (lease == default)
        {
            _outcomes.AddOrUpdate("nothing to try", 1, static (_, count) => count + 1);
            return;
        }

        _outcomes.AddOrUpdate("leased", 1, static (_, count) => count + 1);
        Connection connection;
        try
        {
            connection = lease.Connection;
        }
        catch (Exception error) when (error is ObjectDisposedException or LeaseRevokedException)
        {
            // Its scope has ended, or the drain's patience was over before ours began.
            return;
        }

        connection.HolderLease = lease;
        connection.Enter(this, "a holder");
        Thread.SpinWait(random.Next(200));
        var fate = random.Next(100);
        connection.IsDead |= fate == 0;
        connection.Leave();
        switch (fate)
        {
            case 1:
                lease.MarkFaulty(new IOException("stress"));
                break;
            case 2:
                Detach(lease);
                return;
            default:
                break;
        }

        lease.Dispose();
        if (fate < 20)
        {
            lease.Dispose();
        }
    }

    void Detach(Lease<Connection> lease)
    {
        // Counted out before: its slot may be filled again before Detach returns.
        Interlocked.Decrement(ref _size);
        try
        {
            var mine = lease.Detach();
            Interlocked.Increment(ref _detached);
            _live.TryRemove(mine, out _);
        }
        catch (Exception error) when (error is ObjectDisposedException or LeaseRevokedException)
        {
            // Cut by the drain or the end of its scope, which closes it.
            Interlocked.Increment(ref _size);
        }
    }

    async ValueTask<Connection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        var size = Interlocked.Increment(ref _size);
        if (size > MaxSize)
        {
            _broken.Enqueue($"{size} connections at once, opening included; the maximum is {MaxSize}");
        }

        int seen;
        while ((seen = Volatile.Read(ref _sizeMax)) < size && Interlocked.CompareExchange(ref _sizeMax, size, seen) != seen)
        {
        }

        try
        {
            switch (context.ConnectionId % 23)
            {
                case 3:
                    throw new IOException("refused");
                case 7:
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    break;
                case 11:
                    await Task.Delay(2, cancellationToken);
                    break;
                default:
                    await Task.Yield();
                    break;
            }
        }
        catch
        {
            Interlocked.Decrement(ref _size);
            throw;
        }

        var connection = new Connection();
        _live[connection] = 0;
        Interlocked.Increment(ref _opened);
        if (context.ConnectionId % 13 == 5)
        {
            context.Condemn(new IOException("stillborn"));
        }

        return connection;
    }

    ValueTask CloseAsync(Connection connection, CloseReason reason)
    {
        // A drain whose patience is over closes under the holder, and says so; so does the end of a scope.
        if (reason is not (CloseReason.PoolClosed or CloseReason.HolderEnded))
        {
            connection.Enter(this, "close");
        }

        Interlocked.Increment(ref _closed);
        Forget(connection);
        return default;
    }

    void Forget(Connection connection)
    {
        if (!_live.TryRemove(connection, out _))
        {
            _broken.Enqueue("a connection was closed twice");
        }

        Interlocked.Decrement(ref _size);
    }

    async ValueTask UseAlone(Connection connection, string who, Action use)
    {
        connection.Enter(this, who);
        use();
        await Task.Yield();
        connection.Leave();
    }

    /// <summary>One thread queues many waiters at a pool of one; they must be served as they came.</summary>
    async Task OrderAsync()
    {
        await using var pool = ConnectionPool.Create(
            Connector.Create<object>(static (_, _) => new(new object())), new PoolOptions { MaxSize = 1 }, new PoolRuntime());
        for (var round = 0; round < 200; round++)
        {
            var first = await pool.AcquireAsync();
            var served = new ConcurrentQueue<int>();
            var waiters = Enumerable.Range(0, 20).Select(async number =>
            {
                using var lease = await pool.AcquireAsync();
                served.Enqueue(number);
                await Task.Yield();
            }).ToList();
            first.Dispose();
            await Task.WhenAll(waiters);
            if (!served.SequenceEqual(Enumerable.Range(0, 20)))
            {
                _broken.Enqueue($"waiters were served as {string.Join(' ', served)}");
            }
        }
    }

    /// <summary>Knows who is using it.</summary>
    sealed class Connection
    {
        string? _user;

        public bool IsDead { get; set; }

        public Lease<Connection> HolderLease { get; set; }

        public void Enter(PoolStress stress, string user)
        {
            // One that was to be closed for another reason already is closed for that when its holder's scope ends.
            if (Interlocked.CompareExchange(ref _user, user, null) is { } other
                && !(user == "close" && other == "a holder" && !HolderLease.IsActive))
            {
                stress._broken.Enqueue($"{user} met {other} on one connection");
            }
        }

        public void Leave() => _user = null;
    }
}
