namespace ActorPool.Benchmarks.Recovery;

/// <summary>Counts connects where they are made.</summary>
sealed class ConnectGauge
{
    readonly Lock _gate = new();
    int _now;

    /// <summary>How many were under way at once, at most.</summary>
    public int Most { get; private set; }

    /// <summary>How many were begun.</summary>
    public long Begun { get; private set; }

    public void Begin()
    {
        lock (_gate)
        {
            Begun++;
            Most = Math.Max(Most, ++_now);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _now--;
        }
    }

    /// <summary>The most is looked for anew.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Most = _now;
        }
    }
}
