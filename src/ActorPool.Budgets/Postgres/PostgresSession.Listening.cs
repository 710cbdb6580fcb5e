using Npgsql;

namespace ActorPool.Budgets.Postgres;

sealed partial class PostgresSession
{
    // A wait that is cancelled just as it begins may not notice: then an exchange is late by no more than that.
    static readonly TimeSpan ListenSpell = TimeSpan.FromMilliseconds(200);

    readonly Lock _lock = new();
    readonly Dictionary<string, Action?> _watchers = new(StringComparer.Ordinal);
    readonly HashSet<string> _channels = new(StringComparer.Ordinal);
    TaskCompletionSource<GrantStoreException> _broken = NewBroken();
    CancellationTokenSource? _wait;
    bool _isListening;

    /// <summary>Tells of every notification on a channel, and once at first, until the connection breaks or the token is cancelled.</summary>
    public async Task WatchAsync(string channel, Action changed, CancellationToken cancellationToken)
    {
        var broken = await ExchangeAsync((connection, token) => BeginAsync(connection, channel, changed, token), cancellationToken).ConfigureAwait(false);
        try
        {
            changed();
            Listen();
            throw await broken.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if ((_watchers.GetValueOrDefault(channel) - changed) is { } others)
                {
                    _watchers[channel] = others;
                }
                else
                {
                    _watchers.Remove(channel);
                }
            }
        }
    }

    static TaskCompletionSource<GrantStoreException> NewBroken() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    async Task<Task<GrantStoreException>> BeginAsync(NpgsqlConnection connection, string channel, Action changed, CancellationToken cancellationToken)
    {
        if (!_channels.Contains(channel))
        {
            using var command = new NpgsqlCommand($"LISTEN {channel}", connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

            // It may have been given up meanwhile: then it is another connection's channels that are kept there.
            cancellationToken.ThrowIfCancellationRequested();
            _channels.Add(channel);
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _watchers[channel] = _watchers.GetValueOrDefault(channel) + changed;
        }

        return _broken.Task;
    }

    void Listen()
    {
        lock (_lock)
        {
            if (_isListening)
            {
                return;
            }

            _isListening = true;
        }

        _ = ListenAsync();
    }

    async Task ListenAsync()
    {
        while (await WaitOnceAsync().ConfigureAwait(false))
        {
        }
    }

    /// <summary>Listens until a notification comes or an exchange is due. False: there is nothing to listen for.</summary>
    async Task<bool> WaitOnceAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                _isListening = _watchers.Count > 0 && _connection is not null;
                if (!_isListening)
                {
                    return false;
                }
            }

#pragma warning disable CA2000 // whoever cancels it may be late; there is no timer in it
            var wait = new CancellationTokenSource();
#pragma warning restore CA2000
            Interlocked.Exchange(ref _wait, wait);
            if (Volatile.Read(in _due) == 0)
            {
                await _connection!.WaitAsync(ListenSpell, wait.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            await CloseAsync(PostgresErrors.Failed(Target, error)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Exchange(ref _wait, null);
            _gate.Release();
        }

        return true;
    }

    void StopWaiting() => Interlocked.Exchange(ref _wait, null)?.Cancel();

    void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        Action? changed;
        lock (_lock)
        {
            changed = _watchers.GetValueOrDefault(notification.Channel);
        }

        changed?.Invoke();
    }

    void EndWatches(GrantStoreException error)
    {
        _channels.Clear();
        Interlocked.Exchange(ref _broken, NewBroken()).TrySetResult(error);
    }
}
