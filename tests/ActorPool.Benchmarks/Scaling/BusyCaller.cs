using System.Diagnostics;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Leases and gives back all the time on a thread of its own, and knows how long the longest lease took.</summary>
sealed class BusyCaller : IDisposable
{
    readonly ConnectionPool<SharedConnection> _pool;
    readonly Thread _thread;
    long _longest;
    volatile bool _isOver;

    public BusyCaller(ConnectionPool<SharedConnection> pool)
    {
        _pool = pool;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The longest since it was last asked, in microseconds.</summary>
    public double LongestUs() =>
        TimeSpan.FromSeconds((double)Interlocked.Exchange(ref _longest, 0) / Stopwatch.Frequency).TotalMicroseconds;

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    void Run()
    {
        while (!_isOver)
        {
            var started = Stopwatch.GetTimestamp();
            _pool.Acquire().Dispose();
            var took = Stopwatch.GetTimestamp() - started;
            var longest = Volatile.Read(ref _longest);
            while (took > longest && Interlocked.CompareExchange(ref _longest, took, longest) is var seen && seen != longest)
            {
                longest = seen;
            }
        }
    }
}
