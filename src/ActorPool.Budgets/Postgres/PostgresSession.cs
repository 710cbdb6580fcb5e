using ActorPool.Budgets.Engines;
using Npgsql;

namespace ActorPool.Budgets.Postgres;

/// <summary>
/// One connection to a PostgreSQL, and never a second one. Exchanges have it one after another; while there is none, it listens if
/// anybody watches. Opened when it is needed, and after it broke not more often than <see cref="AttemptSchedule"/> allows.
/// </summary>
sealed partial class PostgresSession : IAsyncDisposable
{
    readonly NpgsqlDataSource _source;
    readonly AttemptSchedule _schedule;
    readonly SemaphoreSlim _gate = new(1, 1);
    readonly Func<NpgsqlConnection, CancellationToken, Task>? _opened;
    NpgsqlConnection? _connection;
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
        _schedule = new AttemptSchedule(runtime);
        _source = new NpgsqlDataSourceBuilder(target.ConnectionString).Build();
    }

    public PostgresTarget Target { get; }

    /// <summary>Does something on the connection that no one else uses meanwhile. What is left of a transaction if it fails is rolled back.</summary>
    /// <param name="work">What to do. Its token is cancelled after the caller's is.</param>
    /// <param name="cancellationToken">Gives up waiting, at once; the connection is closed if work had begun.</param>
    /// <exception cref="GrantStoreException">It failed, or the server is not to be tried yet.</exception>
    public async Task<T> ExchangeAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
#pragma warning disable CA2000 // the exchange may outlive this call, and there is no timer in it
        var stop = new CancellationTokenSource();
#pragma warning restore CA2000
        var exchange = RunAsync(work, stop.Token);
        try
        {
            return await exchange.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Telling the server to stop may take a while; the next exchange waits for that, this caller does not.
            _ = stop.CancelAsync();
            _ = exchange.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
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

    async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var connection = _connection ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
            var result = await work(connection, cancellationToken).ConfigureAwait(false);
            _schedule.Served();
            return result;
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            var failure = PostgresErrors.Failed(Target, error);
            if (!await TryRollBackAsync(error).ConfigureAwait(false))
            {
                await CloseAsync(failure).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw failure;
        }
        finally
        {
            _gate.Release();
        }
    }

    async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_schedule.Remaining is var remaining && remaining > TimeSpan.Zero)
        {
            throw PostgresErrors.TooSoon(Target, remaining, _lastError);
        }

        _schedule.Tried();
        _lastError = "nothing in time";
        var connection = _source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (_opened is not null)
            {
                await _opened(connection, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            _lastError = PostgresErrors.Failed(Target, error).Message;
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        connection.Notification += OnNotification;
        return _connection = connection;
    }

    /// <summary>After an error of a statement the connection goes on; after all else its state is anybody's guess.</summary>
    async Task<bool> TryRollBackAsync(Exception error)
    {
        if (_connection is not { State: System.Data.ConnectionState.Open } connection
            || error is not PostgresException { InvariantSeverity: "ERROR" })
        {
            return _connection is null;
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
        if (_connection is { } connection)
        {
            _connection = null;
            _lastError = error.Message;
            connection.Notification -= OnNotification;
            await connection.DisposeAsync().ConfigureAwait(false);
            EndWatches(error);
        }
    }
}
