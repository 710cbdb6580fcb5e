namespace ActorPool.Benchmarks.Leasing;

/// <summary>
/// How long a task that never has to wait keeps its thread. Without an end to it, as many tasks as there are cores would
/// run and the others never start; and the JIT, which recompiles a method by how often it is entered, would never see
/// it again.
/// </summary>
static class Burst
{
    /// <summary>
    /// Leases in a row. The yield at the end costs a few hundred nanoseconds: less than one in a lease.
    /// </summary>
    public const int Leases = 1024;
}
