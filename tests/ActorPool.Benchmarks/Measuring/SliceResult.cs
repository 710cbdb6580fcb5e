namespace ActorPool.Benchmarks.Measuring;

/// <summary>What one slice has measured.</summary>
/// <param name="NsPerLease">Time per lease, all workers together: the reciprocal of the throughput.</param>
/// <param name="CpuNsPerLease">
/// Processor time per lease, of all threads: what other processes take away does not show in it.
/// </param>
/// <param name="BytesPerLease">What all threads allocated per lease, the harness's own share included.</param>
/// <param name="MostOverLeast">The leases of the luckiest worker over those of the unluckiest.</param>
/// <param name="P50WaitUs">The median wait, in microseconds; not a number where waits are not taken.</param>
/// <param name="P99WaitUs">The wait that 99 in 100 do not exceed.</param>
/// <param name="P999WaitUs">The wait that 999 in 1000 do not exceed.</param>
readonly record struct SliceResult(
    double NsPerLease,
    double CpuNsPerLease,
    double BytesPerLease,
    double MostOverLeast,
    double P50WaitUs,
    double P99WaitUs,
    double P999WaitUs);
