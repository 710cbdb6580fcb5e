namespace ActorPool.Tests;

/// <summary>
/// What something allocates on this thread. A garbage collection while it runs counts what the thread had left of its share of
/// the heap, some 32 KB, as allocated: so it is the least of several runs.
/// </summary>
static class Allocated
{
    const int Runs = 5;

    /// <summary>So many bytes, after one run that does not count.</summary>
    public static long By(Action run)
    {
        run();
        var least = long.MaxValue;
        for (var number = 0; number < Runs; number++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
