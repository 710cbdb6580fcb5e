namespace ActorPool.Benchmarks.Measuring;

/// <summary>The columns that not every scenario has.</summary>
[Flags]
enum Columns
{
    None = 0,

    /// <summary>
    /// Ratios of the time that a lease takes, for a lone caller, instead of ratios of the throughput.
    /// </summary>
    TimeRatios = 1,

    /// <summary>Most over least leases per task.</summary>
    Fairness = 2,

    /// <summary>The wait that 99 in 100 do not exceed.</summary>
    Waits = 4,
}
