using System.Runtime.InteropServices;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// A number that one thread writes all the time, with room around it: two workers must not fight for a cache line
/// of ours.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * Room)]
struct PaddedCounter
{
    // Two lines, since processors fetch them in pairs.
    const int Room = 128;

    [FieldOffset(Room)]
    long _value;

    /// <summary>By its one writer.</summary>
    public void Increment() => Volatile.Write(ref _value, _value + 1);

    /// <summary>By anyone.</summary>
    public readonly long Read() => Volatile.Read(in _value);
}
