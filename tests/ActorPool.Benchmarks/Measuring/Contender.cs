using System.Diagnostics;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// A candidate on its way through a scenario, with its types forgotten: its pool is open from slice to slice.
/// </summary>
abstract class Contender(string name)
{
    // A worker that the pool forgot would hang the run; nothing that is measured takes a tenth of this.
    static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(60);

    public string Name { get; } = name;

    /// <summary>Opens its pool.</summary>
    public abstract void Open(int size);

    /// <summary>Closes its pool.</summary>
    public abstract void Close();

    /// <summary>
    /// Lets a scenario's workers loose on the pool for a while. Blocks its thread, which is not one of the thread pool's:
    /// those belong to the workers.
    /// </summary>
    public SliceResult Run(Scenario scenario, TimeSpan settle, TimeSpan length)
    {
        GC.Collect();
        var slice = new Slice();
        var workers = Enumerable.Range(0, scenario.Tasks).Select(_ => new Worker(slice)).ToArray();
        var before = new long[workers.Length];
        var after = new long[workers.Length];
        var tasks = workers.Select(worker => Task.Run(() => StartAsync(scenario, worker))).ToArray();
        Thread.Sleep(settle);

        slice.Phase = Phase.Measuring;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        Count(workers, before);
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        Thread.Sleep(length);
        Count(workers, after);
        var took = Stopwatch.GetElapsedTime(started);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;

        slice.Phase = Phase.Over;
        if (!Task.WaitAll(tasks, EndPatience))
        {
            throw new TimeoutException(
                $"{Name}: a task still waits for a connection, {EndPatience.TotalSeconds} s after the others have ended.");
        }

        return Sum(workers, before, after, took, cpu, bytes);
    }

    protected abstract Task StartAsync(Scenario scenario, Worker worker);

    static void Count(Worker[] workers, long[] counts)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            counts[i] = workers[i].Leases;
        }
    }

    static SliceResult Sum(Worker[] workers, long[] before, long[] after, TimeSpan took, TimeSpan cpu, long bytes)
    {
        var leases = after.Zip(before, static (end, start) => end - start).ToArray();
        var waits = new WaitHistogram();
        foreach (var worker in workers)
        {
            waits.Add(worker.Waits);
        }

        double sum = leases.Sum();
        return new SliceResult(
            took.TotalNanoseconds / sum,
            cpu.TotalNanoseconds / sum,
            bytes / sum,
            leases.Max() / (double)leases.Min(),
            waits.Quantile(0.5),
            waits.Quantile(0.99),
            waits.Quantile(0.999));
    }
}
