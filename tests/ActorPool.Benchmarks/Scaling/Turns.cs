using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Lets several loops take turns on one thread, each round beginning with another one.</summary>
sealed class Turns
{
    readonly double[][] _rounds;

    /// <param name="options">How many rounds, and how long a turn is.</param>
    /// <param name="loops">Each runs for a while and says how many nanoseconds something took.</param>
    public Turns(BenchmarkOptions options, params IReadOnlyList<Func<TimeSpan, double>> loops)
    {
        for (var warmUp = 0; warmUp < options.WarmUpsMin; warmUp++)
        {
            foreach (var loop in loops)
            {
                loop(options.Slice);
            }
        }

        _rounds = [.. loops.Select(_ => new double[options.Rounds])];
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < loops.Count; turn++)
            {
                var next = (round + turn) % loops.Count;
                _rounds[next][round] = loops[next](options.Slice);
            }
        }
    }

    /// <summary>The turns of a loop, one per round.</summary>
    public IReadOnlyList<double> Of(int loop) => _rounds[loop];

    /// <summary>The median of a loop's turns, in nanoseconds.</summary>
    public double Ns(int loop) => Statistics.Median(_rounds[loop]);

    /// <summary>How a loop compares with another: the median of the rounds' ratios.</summary>
    public double Ratio(int loop, int other) =>
        Statistics.Median(_rounds[loop].Zip(_rounds[other], static (ours, theirs) => ours / theirs));
}
