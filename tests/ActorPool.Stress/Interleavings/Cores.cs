using System.Runtime.InteropServices;

namespace ActorPool.Stress;

/// <summary>
/// Spreads threads over the cores that the process may use: left to itself, a busy machine puts two that meet all the time
/// onto the same core, where they never overlap. On Linux; elsewhere the system decides.
/// </summary>
static class Cores
{
    // Room for as many cores as the system's own type has.
    const int Words = 16;

    static readonly int[] Mine = OperatingSystem.IsLinux() ? Find() : [];

    /// <summary>Keeps the calling thread on one core. Threads of the same number are on the same one.</summary>
    public static void Pin(int number)
    {
        if (Mine.Length > 1)
        {
            var core = Mine[number % Mine.Length];
            var mask = new ulong[Words];
            mask[core / 64] = 1UL << (core % 64);

            // Refused: the system decides.
            _ = sched_setaffinity(0, Words * sizeof(ulong), mask);
        }
    }

    static int[] Find()
    {
        var mask = new ulong[Words];
        return sched_getaffinity(0, Words * sizeof(ulong), mask) < 0 ? []
            : [.. Enumerable.Range(0, Words * 64).Where(core => (mask[core / 64] >> (core % 64) & 1) != 0)];
    }

#pragma warning disable SYSLIB1054, CA5392 // two calls of the system's own library need no generated marshalling
    [DllImport("libc")]
    static extern int sched_getaffinity(int thread, nint size, [Out] ulong[] mask);

    [DllImport("libc")]
    static extern int sched_setaffinity(int thread, nint size, ulong[] mask);
#pragma warning restore SYSLIB1054, CA5392
}
