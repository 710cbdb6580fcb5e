using System.Diagnostics;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>
/// As little as can bring connections back within the same limits: so many connects at a time, one while they fail, and a
/// wait that doubles. It notices a loss by a read that is always pending, leases nothing, and so is no pool.
/// </summary>
sealed class BareLoop : IAsyncDisposable
{
    readonly int _port;
    readonly int _size;
    readonly int _connectsMax;
    readonly TimeSpan _firstWait;
    readonly CancellationTokenSource _over = new();
    readonly SemaphoreSlim _lost = new(0);
    readonly Task _keeping;
    int _missing;
    bool _awaitsSuccess;
    TaskCompletionSource<long> _success = NewSource();

    public BareLoop(int port, int size, int connectsMax, TimeSpan firstWait)
    {
        (_port, _size, _connectsMax, _firstWait) = (port, size, connectsMax, firstWait);
        _missing = size;
        _keeping = KeepAsync();
    }

    public ConnectGauge Gauge { get; } = new();

    /// <summary>When the first request after this call has been answered.</summary>
    public Task<long> NextSuccessAsync()
    {
        _success = NewSource();
        Volatile.Write(ref _awaitsSuccess, true);
        return _success.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _keeping;
        _over.Dispose();
        _lost.Dispose();
    }

    async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                await RefillAsync();
                await _lost.WaitAsync(_over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // over
        }
    }

    async Task RefillAsync()
    {
        while (Volatile.Read(ref _missing) > 0)
        {
            var workers = Enumerable.Range(0, _connectsMax).Select(_ => OpenMissingAsync()).ToArray();
            if ((await Task.WhenAll(workers)).All(static succeeded => succeeded))
            {
                continue;
            }

            for (var wait = _firstWait; ; wait *= 2)
            {
                await Task.Delay(wait, _over.Token);
                if (await TryOpenOneAsync() != false)
                {
                    break;
                }
            }
        }
    }

    /// <summary>Opens one after the other until none is missing; false if one fails.</summary>
    async Task<bool> OpenMissingAsync()
    {
        while (true)
        {
            switch (await TryOpenOneAsync())
            {
                case null:
                    return true;
                case false:
                    return false;
            }
        }
    }

    /// <summary>Null if none is missing.</summary>
    async Task<bool?> TryOpenOneAsync()
    {
        if (Interlocked.Decrement(ref _missing) < 0)
        {
            Interlocked.Increment(ref _missing);
            return null;
        }

        try
        {
            var stream = await EchoClient.OpenAsync(_port, logsIn: true, Gauge, _over.Token);
            if (Interlocked.Exchange(ref _awaitsSuccess, false))
            {
                await EchoClient.AskAsync(stream, _over.Token);
                _success.TrySetResult(Stopwatch.GetTimestamp());
            }

            _ = WatchAsync(stream);
            return true;
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            Interlocked.Increment(ref _missing);
            return false;
        }
    }

    async Task WatchAsync(Stream stream)
    {
        await using (stream)
        {
            try
            {
                _ = await stream.ReadAsync(new byte[1], _over.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // lost, or over
            }
        }

        if (!_over.IsCancellationRequested)
        {
            Interlocked.Increment(ref _missing);
            _lost.Release();
        }
    }

    static TaskCompletionSource<long> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
