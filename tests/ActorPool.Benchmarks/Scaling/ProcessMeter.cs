using System.Diagnostics;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>What the whole process has used since it was made.</summary>
sealed class ProcessMeter
{
    readonly long _started = Stopwatch.GetTimestamp();
    readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    readonly long _bytes = GC.GetTotalAllocatedBytes(precise: true);

    public TimeSpan Took => Stopwatch.GetElapsedTime(_started);

    /// <summary>Processor time of all threads.</summary>
    public TimeSpan Cpu => Environment.CpuUsage.TotalTime - _cpu;

    /// <summary>What all threads have allocated.</summary>
    public long Bytes => GC.GetTotalAllocatedBytes(precise: true) - _bytes;
}
