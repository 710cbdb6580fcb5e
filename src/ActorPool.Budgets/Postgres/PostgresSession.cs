using ActorPool.Budgets.Engines;
using Npgsql;

namespace ActorPool.Budgets.Postgres;

/// <summary>
/// One connection to a PostgreSQL, and never a second one, unless the first hangs and is given up. Exchanges have it one after another; while there is none, it listens if
/// anybody watches. Opened when it is needed, and after it broke not more often than <see cref="AttemptSchedule"/> allows.
/// </summary>
sealed partial class PostgresSession : IAsyncDisposable
{
    // A little longer than a server that can be reached needs to end what was cancelled: then there is no second connection.
    static readonly TimeSpan CancellingMax = TimeSpan.FromMilliseconds(1250);

    readonly NpgsqlDataSource _source;
    readonly AttemptSchedule _schedule;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _ended = new();
    readonly SemaphoreSlim _gate = new(1, 1);
    readonly Func<NpgsqlConnection, CancellationToken, Task>? _opened;
    NpgsqlConnection? _connection;
    NpgsqlConnection? _lookedAt;
    string _lastError = "";
    int _due;
    volatile bool _isDisposed;

    /// <param name="target">Whom to connect to.</param>
    /// <param name="runtime">The clock and the randomness.</param>
    /// <param name="opened">Looks at a new connection before anybody else; null: nobody does.</param>
    public PostgresSession(PostgresTarget target, PoolRuntime runtime, Func<NpgsqlConnection, CancellationToken, Task>? opened = null)
    {
        Target = target;
        _opened = opened;
        _time = runtime.TimeProvider;
        _schedule = new AttemptSchedule(runtime);
        _source = new NpgsqlDataSourceBuilder(target.ConnectionString).Build();
    }

    public PostgresTarget Target { get; }

    /// <summary>Does something on the connection that no one else uses meanwhile. What is left of a transaction if it fails is rolled back.</summary>
    /// <param name="work">What to do. Its token is cancelled after the caller's is.</param>
    /// <param name="cancellationToken">
    /// Gives up waiting, at once. The connection is closed if work had begun; if it was still being opened, whoever comes next has it.
    /// </param>
    /// <exception cref="GrantStoreException">It failed, or the server is not to be tried yet.</exception>
    public async Task<T> ExchangeAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
#pragma warning disable CA2000 // the exchange may outlive this call, and there is no timer in it
        var stop = new CancellationTokenSource();
#pragma warning restore CA2000
        var turn = new PostgresTurn();
        var exchange = RunAsync(work, turn, stop.Token);
        try
        {
            return await exchange.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Telling the server to stop may take a while; the next exchange waits for that, this caller does not.
            _ = stop.CancelAsync();
            _ = GiveUpAsync(exchange, turn);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _ended.CancelAsync().ConfigureAwait(false);
        await EnterAsync(CancellationToken.None).ConfigureAwait(false);
        await CloseAsync(PostgresErrors.Ended(Target)).ConfigureAwait(false);
        _gate.Release();
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    // Either the listener sees that something is due before it waits, or this sees its wait and ends it.
    async Task EnterAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _due);
        try
        {
            StopWaiting();
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _due);
        }
    }

    async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, PostgresTurn turn, CancellationToken cancellationToken)
    {
        Exception? failed = null;
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var connection = _connection ??= await OpenAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            turn.Connection = connection;
            if (_opened is not null && _lookedAt != connection)
            {
                await _opened(connection, cancellationToken).ConfigureAwait(false);
                _lookedAt = connection;
            }

            return await work(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failed = error;
            cancellationToken.ThrowIfCancellationRequested();
            if (error is ObjectDisposedException)
            {
                throw;
            }

            throw PostgresErrors.Failed(Target, error);
        }
        finally
        {
            await EndAsync(turn, failed).ConfigureAwait(false);
        }
    }

    async Task EndAsync(PostgresTurn turn, Exception? failed)
    {
        var isUsable = failed is null || turn.Connection is not { } used || await TryRollBackAsync(used, failed).ConfigureAwait(false);
        if (!turn.TryEnd())
        {
            // It was given up meanwhile, and is not the session's any more.
            await turn.Connection!.DisposeAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            if (!isUsable)
            {
                await CloseAsync(PostgresErrors.Failed(Target, failed!)).ConfigureAwait(false);
            }
            else if (failed is null)
            {
                _schedule.Served();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Waits until an exchange that nobody waits for any more has ended, but not for long: a server that does not answer does not answer a cancel either, and
    /// Npgsql takes its time to find that out. Then the session goes on without that connection.
    /// </summary>
    async Task GiveUpAsync(Task exchange, PostgresTurn turn)
    {
        await exchange.WaitAsync(CancellingMax, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // While it is being opened nothing has begun yet, and that takes no longer than the connection string says.
        if (turn.Connection is not null && turn.TryEnd())
        {
            Detach(PostgresErrors.Hung(Target));
            _gate.Release();
        }

        await exchange.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Not ended with the exchange that it was begun for: hosts that do not answer are passed over only by who waits for that, and a caller's patience may be shorter.
    async Task<NpgsqlConnection> OpenAsync()
    {
        if (_schedule.Remaining is var remaining && remaining > TimeSpan.Zero)
        {
            throw PostgresErrors.TooSoon(Target, remaining, _lastError);
        }

        _schedule.Tried();
        _lastError = "nothing in time";
        var connection = _source.CreateConnection();
        var opening = connection.OpenAsync(_ended.Token);
        try
        {
            // A login that is not answered goes on until it is out of time, whatever Npgsql is told.
            await opening.WaitAsync(_ended.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _lastError = PostgresErrors.Failed(Target, error).Message;
            _ = CloseAfterAsync(opening, connection);
            throw;
        }

        connection.Notification += OnNotification;
        return connection;
    }

    static async Task CloseAfterAsync(Task opening, NpgsqlConnection connection)
    {
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// After an error of a statement the connection goes on, also if it has been explained (missing rights); after all else, such as a cancel that may still be
    /// under way, its state is anybody's guess.
    /// </summary>
    static async Task<bool> TryRollBackAsync(NpgsqlConnection connection, Exception error)
    {
        var refused = error as PostgresException ?? (error as GrantStoreException)?.InnerException as PostgresException;
        if (connection.State != System.Data.ConnectionState.Open || refused is not { InvariantSeverity: "ERROR" })
        {
            return false;
        }

        try
        {
            await PostgresTable.RollBackAsync(connection, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    async Task CloseAsync(GrantStoreException error)
    {
        if (Detach(error) is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>From now on the session has no connection. The one that it had is for the caller to close.</summary>
    NpgsqlConnection? Detach(GrantStoreException error)
    {
        if (_connection is not { } connection)
        {
            return null;
        }

        (_connection, _lookedAt) = (null, null);
        _lastError = error.Message;
        connection.Notification -= OnNotification;
        EndWatches(error);
        return connection;
    }
}
