namespace ActorPool.Benchmarks.Scaling;

/// <summary>What the process used in a stretch of time, and how many probes there were.</summary>
/// <param name="Took">How long it was.</param>
/// <param name="Cpu">Processor time of all threads.</param>
/// <param name="Bytes">What was allocated.</param>
/// <param name="PerSecond">Probes per second.</param>
/// <param name="LeastPerSecond">The least of its parts.</param>
/// <param name="MostPerSecond">The most.</param>
sealed record Window(TimeSpan Took, TimeSpan Cpu, long Bytes, double PerSecond, double LeastPerSecond, double MostPerSecond)
{
    const int Parts = 20;

    public double CpuPercent => 100 * (Cpu / Took);

    public double CpuUsPerProbe => Cpu.TotalMicroseconds / (PerSecond * Took.TotalSeconds);

    public double BytesPerProbe => Bytes / (PerSecond * Took.TotalSeconds);

    /// <summary>Sleeps so long, and says what went on meanwhile.</summary>
    public static Window Measure(ProbeCounter counter, TimeSpan length)
    {
        var rates = new List<double>();
        var first = counter.Probes;
        var meter = new ProcessMeter();
        for (var part = 1; part <= Parts; part++)
        {
            var (probes, took) = (counter.Probes, meter.Took);
            var left = (length * part / Parts) - took;
            Thread.Sleep(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            rates.Add((counter.Probes - probes) / (meter.Took - took).TotalSeconds);
        }

        return new Window(
            meter.Took, meter.Cpu, meter.Bytes, (counter.Probes - first) / meter.Took.TotalSeconds, rates.Min(), rates.Max());
    }
}
