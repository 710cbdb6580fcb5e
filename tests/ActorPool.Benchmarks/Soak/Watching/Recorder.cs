namespace ActorPool.Benchmarks.Soak.Watching;

/// <summary>The values of all gauges over time. Has its memory from the beginning: it is no part of what grows.</summary>
sealed class Recorder(IReadOnlyList<Gauge> gauges, int capacity)
{
    readonly double[] _seconds = new double[capacity];
    readonly double[][] _values = [.. gauges.Select(_ => new double[capacity])];
    int _count;

    public IReadOnlyList<Gauge> Gauges => gauges;

    public IReadOnlyList<double> Seconds => new ArraySegment<double>(_seconds, 0, _count);

    /// <summary>The values of a gauge, one for each of <see cref="Seconds"/>.</summary>
    public IReadOnlyList<double> this[int gauge] => new ArraySegment<double>(_values[gauge], 0, _count);

    /// <summary>Reads all gauges; when it is full, no more.</summary>
    public void Add(double second)
    {
        if (_count == capacity)
        {
            return;
        }

        _seconds[_count] = second;
        for (var i = 0; i < gauges.Count; i++)
        {
            _values[i][_count] = gauges[i].Read();
        }

        _count++;
    }
}
