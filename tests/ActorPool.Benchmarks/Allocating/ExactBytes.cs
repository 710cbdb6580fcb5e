using System.Runtime;
using System.Runtime.CompilerServices;

namespace ActorPool.Benchmarks.Allocating;

/// <summary>What a piece of code allocates on its thread, to the byte.</summary>
static class ExactBytes
{
    const int Runs = 500;
    const int SameInARow = 5;

    // Longer than the JIT takes to compile a hot method for good, also on a busy machine.
    static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whole bytes per operation, when several batches in a row have agreed: what the JIT still learns is over then. What
    /// comes once in hundreds of operations, such as the next segment of a queue, disappears in the rounding.
    /// </summary>
    /// <param name="run">What is weighed.</param>
    /// <param name="operations">How many operations a run is.</param>
    /// <returns>The figure; not a number if batches did not agree in twenty seconds.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double PerOperation(Action run, int operations)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (last, same) = (-1L, 0);
        while (TimeProvider.System.GetElapsedTime(started) is var elapsed && elapsed < Patience)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var number = 0; number < Runs; number++)
            {
                run();
            }

            var bytes = (long)Math.Round((GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Runs * operations));
            var isSteady = bytes == last && elapsed > WarmUp && JitInfo.GetCompiledMethodCount() == compiled;
            (last, same) = (bytes, isSteady ? same + 1 : 0);
            if (same == SameInARow)
            {
                return bytes;
            }
        }

        return double.NaN;
    }
}
