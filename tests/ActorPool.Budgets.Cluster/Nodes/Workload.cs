using System.Diagnostics;
using Npgsql;

namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>Keeps as many leases busy as it is told: a query every 20 ms, now and then another lease, now and then another connection.</summary>
sealed class Workload(ConnectionPool<NpgsqlConnection> pool, TextWriter output, Random random)
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    // A connection that is closed under its query, as at a deadline, sometimes never ends it (Npgsql): then its worker would be lost.
    static readonly TimeSpan QueryPatience = TimeSpan.FromSeconds(2);

    readonly Stack<(CancellationTokenSource Stop, Task Done)> _workers = new();
    int _busy;
    int _wanted;
    volatile bool _isCalm = true;
    long _since;
    int _isReached = 1;
    long _queries;
    long _failed;

    public int Busy => Volatile.Read(in _busy);

    public long Queries => Interlocked.Read(in _queries);

    public long Failed => Interlocked.Read(in _failed);

    /// <summary>From now on so many. Says <c>reached</c>, how many and after how many milliseconds, when there are.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isCalm">Whether connections stay what they are; if not, something is being opened and closed all the time.</param>
    public void Want(int count, bool isCalm)
    {
        (_wanted, _since, _isCalm) = (count, Stopwatch.GetTimestamp(), isCalm);
        Interlocked.Exchange(ref _isReached, 0);
        while (_workers.Count < count)
        {
            var stop = new CancellationTokenSource();
            _workers.Push((stop, WorkAsync(stop.Token)));
        }

        while (_workers.Count > count)
        {
            _workers.Pop().Stop.Cancel();
        }

        Report(Busy);
    }

    async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var lease = await pool.AcquireAsync(stop);
                Begin();
                try
                {
                    await AskAsync(lease, stop);
                }
                catch (Exception error)
                {
                    lease.MarkFaulty(error);
                    throw;
                }
                finally
                {
                    Interlocked.Decrement(ref _busy);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is PoolException or NpgsqlException or ObjectDisposedException or InvalidOperationException or TimeoutException or OperationCanceledException)
            {
                Interlocked.Increment(ref _failed);
                await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    void Begin() => Report(Interlocked.Increment(ref _busy));

    void Report(int busy)
    {
        if (busy >= _wanted && Interlocked.Exchange(ref _isReached, 1) == 0)
        {
            output.WriteLine($"reached {_wanted} {Stopwatch.GetElapsedTime(_since).TotalMilliseconds:0}");
        }
    }

    async Task AskAsync(Lease<NpgsqlConnection> lease, CancellationToken stop)
    {
        for (var left = Next(5, 40); left > 0 && !stop.IsCancellationRequested; left--)
        {
            await using var command = new NpgsqlCommand("SELECT 1", lease.Connection);
            await command.ExecuteScalarAsync(CancellationToken.None).WaitAsync(QueryPatience, TimeProvider.System, CancellationToken.None);
            Interlocked.Increment(ref _queries);
            await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);
        }

        if (!_isCalm && Next(0, 8) == 0)
        {
            lease.MarkFaulty();
        }
    }

    int Next(int low, int high)
    {
        lock (random)
        {
            return random.Next(low, high);
        }
    }
}
