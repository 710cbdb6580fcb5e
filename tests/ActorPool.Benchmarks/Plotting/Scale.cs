namespace ActorPool.Benchmarks.Plotting;

/// <summary>Where the values of an axis are in a picture, and which of them are written beside it.</summary>
sealed class Scale
{
    const int TicksWanted = 6;

    static readonly double[] Steps = [1, 2, 5, 10];

    readonly bool _isLogarithmic;
    readonly double _first;
    readonly double _last;
    readonly double _from;
    readonly double _to;

    /// <param name="axis">Whose scale it is.</param>
    /// <param name="values">What has to fit.</param>
    /// <param name="from">Where the least value is drawn.</param>
    /// <param name="to">Where the greatest is.</param>
    public Scale(Axis axis, IEnumerable<double> values, double from, double to)
    {
        var all = values.Where(value => double.IsFinite(value) && (value > 0 || !axis.IsLogarithmic)).DefaultIfEmpty(1).ToArray();
        _isLogarithmic = axis.IsLogarithmic;
        (_from, _to) = (from, to);
        Ticks = axis.Ticks is { } ticks ? ticks
            : _isLogarithmic ? Powers(all.Min(), all.Max())
            : Even(Math.Min(0, all.Min()), all.Max());
        (_first, _last) = (Of(Ticks[0]), Of(Ticks[^1]));
    }

    /// <summary>Round values from end to end.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Whether a value can be drawn at all.</summary>
    public bool Has(double value) => double.IsFinite(value) && (value > 0 || !_isLogarithmic);

    /// <summary>Where a value is drawn.</summary>
    public double this[double value] => _from + ((Of(value) - _first) / (_last - _first) * (_to - _from));

    double Of(double value) => _isLogarithmic ? Math.Log10(value) : value;

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    static double[] Even(double least, double most)
    {
        var rough = Math.Max(most - least, double.Epsilon) / TicksWanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Steps.First(step => step * power >= rough * 0.999) * power;
        var first = (int)Math.Floor(least / step);
        var last = Math.Max(first + 1, (int)Math.Ceiling((most / step) - 1e-9));
        return [.. Enumerable.Range(first, last - first + 1).Select(number => number * step)];
    }

    /// <summary>Powers of ten; with 2 and 5 times each where there would be few.</summary>
    static double[] Powers(double least, double most)
    {
        var first = (int)Math.Floor(Math.Log10(least) + 1e-9);
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(most) - 1e-9));
        if (last - first > 2)
        {
            return [.. Enumerable.Range(first, last - first + 1).Select(static power => Math.Pow(10, power))];
        }

        var all = Enumerable.Range(first, last - first)
            .SelectMany(static power => Steps[..3].Select(step => step * Math.Pow(10, power)))
            .Append(Math.Pow(10, last))
            .ToArray();
        var from = Array.FindLastIndex(all, tick => tick <= least * (1 + 1e-9));
        var to = Array.FindIndex(all, tick => tick >= most * (1 - 1e-9));
        return all[Math.Max(0, from)..(Math.Max(to, from + 1) + 1)];
    }
}
