using System.Diagnostics;

namespace ActorPool.Benchmarks.Soak.Watching;

/// <summary>Counts what this process has: everything of the pools, of the servers and proxies around them, and of the callers.</summary>
sealed class Census
{
    const double Kilobyte = 1024;
    const string Descriptors = "/proc/self/fd";
    const string Tasks = "/proc/self/task";

    readonly PoolRuntime _runtime;
    double _memory;
    double _timers;
    double _poolTimers;

    /// <param name="runtime">Whose pools are counted.</param>
    public Census(PoolRuntime runtime)
    {
        _runtime = runtime;
        Memory = new Gauge("managed memory, kB", 384, () => _memory);
        Handles = new Gauge("open handles", 0.5, ReadHandles);
        Timers = new Gauge("timers of .NET", 1, () => _timers);
        PoolTimers = new Gauge("timers of the pools", 1, () => _poolTimers);
        Gauges =
        [
            Memory,

            // Goes up and down by some ninety within minutes, as compiler and collector please: in a short soak that looks like growth.
            new Gauge("working set, MB", 48, static () => Environment.WorkingSet / Kilobyte / Kilobyte),
            Handles,
            Timers,
            PoolTimers,
            new Gauge("slots in use", 0.5, () => Sum(static pool => pool.Size)),
            new Gauge("slots leased", 0.5, () => Sum(static pool => pool.Leased)),
            new Gauge("acquires waiting", 0.5, () => Sum(static pool => pool.Waiting)),
            new Gauge("pools", 0.5, () => _runtime.Pools.Count),
            new Gauge("threads", 3, ReadThreads),
            new Gauge("queue of the thread pool", 3, static () => ThreadPool.PendingWorkItemCount),
        ];
    }

    public Gauge Memory { get; }

    public Gauge Handles { get; }

    public Gauge Timers { get; }

    public Gauge PoolTimers { get; }

    public IReadOnlyList<Gauge> Gauges { get; }

    /// <summary>Leaves in memory what somebody refers to, and weighs that.</summary>
    /// <param name="thoroughly">Whether finalizers run first.</param>
    public void Collect(bool thoroughly)
    {
        GC.Collect();
        if (thoroughly)
        {
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        _memory = (heap.HeapSizeBytes - heap.FragmentedBytes) / Kilobyte;
    }

    /// <summary>
    /// Counts the timers. At rest there is one more now and then, for the moment that a probe takes: of several looks the least counts.
    /// </summary>
    /// <param name="again">Whether this look is one more.</param>
    public void CountTimers(bool again)
    {
        _timers = Math.Min(Timer.ActiveCount, again ? _timers : double.MaxValue);
        _poolTimers = Math.Min(_runtime.System.Timers.Count, again ? _poolTimers : double.MaxValue);
    }

    /// <summary>The first pool that has more connections than it may; null if none has.</summary>
    public PoolSnapshot? FindTooLarge() =>
        _runtime.Pools.Select(static pool => pool.Snapshot()).FirstOrDefault(static pool => pool.Size > pool.MaxSize + pool.Transient);

    /// <summary>The first pool that is not as it is when nothing happens; null if all are.</summary>
    public PoolSnapshot? FindRestless() => _runtime.Pools.Select(static pool => pool.Snapshot()).FirstOrDefault(static pool => !IsAtRest(pool));

    /// <summary>How many connections the pools have.</summary>
    public int Connections => (int)Sum(static pool => pool.Size);

    // A pool without a minimum has no reason to find out whether its endpoint is back.
    static bool IsAtRest(PoolSnapshot pool) =>
        pool is { IsClosed: false, IsPaused: false, Waiting: 0 }
        && pool.Idle == pool.MinSize
        && pool.Size == pool.MinSize
        && (pool.MinSize == 0 || pool.Health == PoolHealth.Healthy);

    double Sum(Func<PoolSnapshot, int> number) => _runtime.Pools.Sum(pool => number(pool.Snapshot()));

    /// <summary>Without those of assemblies and their symbols, which are opened when their code is first called, or fails.</summary>
    static double ReadHandles() => Directory.Exists(Descriptors)
        ? Directory.GetFileSystemEntries(Descriptors).Count(static path => TargetOf(path) is { } target && Path.GetExtension(target) is not (".dll" or ".pdb"))
        : Read(static process => process.HandleCount);

    static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            // closed meanwhile, such as what the folder was read with
            return null;
        }
    }

    static double ReadThreads() => Directory.Exists(Tasks) ? Directory.EnumerateFileSystemEntries(Tasks).Count() : Read(static process => process.Threads.Count);

    static double Read(Func<Process, int> number)
    {
        using var process = Process.GetCurrentProcess();
        return number(process);
    }
}
