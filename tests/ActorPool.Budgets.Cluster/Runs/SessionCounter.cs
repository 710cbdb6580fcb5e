using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>
/// Asks the server every 50 ms, on a connection of its own that is not counted, which sessions there are: those of the budget's nodes, and
/// those of the engine.
/// </summary>
sealed class SessionCounter : IAsyncDisposable
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource _ended = new();
    readonly ConcurrentDictionary<(int, DateTimeOffset), CountedSession> _seen = new();
    readonly ConcurrentDictionary<string, DateTimeOffset> _lastSeen = new();
    readonly ConcurrentQueue<SessionCount> _above = new();
    readonly string _connectionString;
    readonly string _prefix;
    readonly int _budget;
    readonly Task _counting;
    int _most;
    int _samples;
    int _now;
    long _longestGapTicks;

    public SessionCounter(string connectionString, string budgetName, int budget)
    {
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "counter", Timeout = 2, CommandTimeout = 2 }.ConnectionString;
        _prefix = $"{budgetName}/";
        _budget = budget;
        _counting = CountAsync();
    }

    /// <summary>The most that there were.</summary>
    public int Most => Volatile.Read(in _most);

    public int Samples => Volatile.Read(in _samples);

    /// <summary>How many there were last.</summary>
    public int Now => Volatile.Read(in _now);

    /// <summary>Every look that saw more than the budget.</summary>
    public IReadOnlyCollection<SessionCount> Above => _above;

    /// <summary>How much later than planned the machine let the worst look happen, since this was last asked: what else is late on it.</summary>
    public TimeSpan TakeLateness() => TimeSpan.FromTicks(Interlocked.Exchange(ref _longestGapTicks, 0));

    /// <summary>A node's sessions that began after one time and before another.</summary>
    public IReadOnlyList<CountedSession> Begun(string client, DateTimeOffset after, DateTimeOffset before) =>
        [.. _seen.Values.Where(session => session.Client == client && session.StartedAt > after && session.StartedAt < before)];

    /// <summary>When a node had a session last; null: it never had one.</summary>
    public DateTimeOffset? LastSeen(string client) => _lastSeen.TryGetValue(client, out var at) ? at : null;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _counting;
        _ended.Dispose();
    }

    async Task CountAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await CountOnOneConnectionAsync();
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                // The server is away.
                await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    async Task CountOnOneConnectionAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(_ended.Token);
        await using var command = new NpgsqlCommand(
            "SELECT pid, application_name, backend_start FROM pg_stat_activity WHERE starts_with(application_name, $1) OR application_name = 'actorpool-budget'",
            connection);
        command.Parameters.AddWithValue(_prefix);
        await command.PrepareAsync(_ended.Token);
        using var timer = new PeriodicTimer(Pace);
        var last = Stopwatch.GetTimestamp();
        do
        {
            var sessions = new List<CountedSession>();
            await using (var reader = await command.ExecuteReaderAsync(_ended.Token))
            {
                while (await reader.ReadAsync(_ended.Token))
                {
                    sessions.Add(new CountedSession(reader.GetInt32(0), reader.GetString(1), new DateTimeOffset(reader.GetDateTime(2), TimeSpan.Zero)));
                }
            }

            Note(sessions);
            var now = Stopwatch.GetTimestamp();
            var late = Stopwatch.GetElapsedTime(last, now) - Pace;
            _longestGapTicks = Math.Max(Interlocked.Read(in _longestGapTicks), late.Ticks);
            last = now;
        }
        while (await timer.WaitForNextTickAsync(_ended.Token));
    }

    void Note(List<CountedSession> sessions)
    {
        Interlocked.Increment(ref _samples);
        Volatile.Write(ref _now, sessions.Count);
        _most = Math.Max(_most, sessions.Count);
        var at = TimeProvider.System.GetUtcNow();
        foreach (var session in sessions)
        {
            _lastSeen[session.Client] = at;
            _seen.TryAdd((session.Pid, session.StartedAt), session);
        }

        if (sessions.Count > _budget)
        {
            _above.Enqueue(new SessionCount(at, sessions));
        }
    }
}
