namespace ActorPool.Benchmarks.Measuring;

/// <summary>One contender's slices of a scenario, one per round.</summary>
sealed class ContenderResult(string name, IReadOnlyList<SliceResult> rounds)
{
    public string Name { get; } = name;

    public IReadOnlyList<SliceResult> Rounds { get; } = rounds;

    public double NsPerLease => Median(static round => round.NsPerLease);

    public double CpuNsPerLease => Median(static round => round.CpuNsPerLease);

    public double BytesPerLease => Median(static round => round.BytesPerLease);

    public double MostOverLeast => Median(static round => round.MostOverLeast);

    public double P50WaitUs => Median(static round => round.P50WaitUs);

    public double P99WaitUs => Median(static round => round.P99WaitUs);

    public double P999WaitUs => Median(static round => round.P999WaitUs);

    /// <summary>
    /// How its time per lease compares with another's: the median of the ratios of the slices that lay side by side, which
    /// a machine that is slow for a while changes little.
    /// </summary>
    public double TimeOver(ContenderResult other) => Ratio(other, static round => round.NsPerLease);

    /// <summary>How its throughput compares with another's.</summary>
    public double ThroughputOver(ContenderResult other) => Ratio(other, static round => 1 / round.NsPerLease);

    /// <summary>How its waits compare with another's.</summary>
    public double P99WaitOver(ContenderResult other) => Ratio(other, static round => round.P99WaitUs);

    double Median(Func<SliceResult, double> figure) => Statistics.Median(Rounds.Select(figure));

    double Ratio(ContenderResult other, Func<SliceResult, double> figure) =>
        Statistics.Median(Rounds.Zip(other.Rounds, (ours, theirs) => figure(ours) / figure(theirs)));
}
