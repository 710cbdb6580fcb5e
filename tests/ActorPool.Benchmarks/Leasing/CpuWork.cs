using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>
/// A fixed amount of computing. An amount rather than a time: a thread that loses its core in the middle still has to do
/// the rest, as in life.
/// </summary>
sealed class CpuWork
{
    const int Sample = 20_000;
    const int Samples = 500;

    readonly int _steps;

    CpuWork(int steps) => _steps = steps;

    /// <summary>Finds out how much computing takes a certain time on this machine when nothing disturbs it.</summary>
    public static CpuWork Calibrate(TimeSpan time)
    {
        var sample = new CpuWork(Sample);
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < Samples; i++)
        {
            var started = Stopwatch.GetTimestamp();
            sample.Do();
            var took = Stopwatch.GetElapsedTime(started);
            fastest = took < fastest ? took : fastest;
        }

        return new CpuWork((int)(Sample * (time / fastest)));
    }

    /// <summary>Does it.</summary>
    /// <returns>What nobody needs, so that the work is not optimized away.</returns>
    // Compiled once and for all, so that it is as fast when it is calibrated as when it is used.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public uint Do()
    {
        var number = 1u;
        for (var i = 0; i < _steps; i++)
        {
            number = (number * 1_664_525) + 1_013_904_223;
        }

        return number;
    }
}
