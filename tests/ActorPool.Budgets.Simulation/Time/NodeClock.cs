namespace ActorPool.Budgets.Simulation.Time;

/// <summary>
/// A machine's clocks. They run too fast or too slow by a fixed rate; the wall clock leaps; the monotonic one may stand still while the
/// machine sleeps. Whoever reads one may be paused on the way.
/// </summary>
/// <param name="agenda">True time.</param>
/// <param name="ppm">How much too fast, in millionths; below 0: too slow.</param>
/// <param name="start">What the monotonic clock begins with, in ticks.</param>
sealed class NodeClock(Agenda agenda, int ppm, long start) : TimeProvider
{
    const long Million = 1_000_000;
    static readonly long Epoch = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    long _asleep;
    long _asleepSince = -1;
    long _leapt;

    /// <summary>What is done at every look at a clock by whoever runs on the machine.</summary>
    public Action? Read { get; set; }

    /// <summary>How much too fast it is, in millionths.</summary>
    public int Ppm => ppm;

    /// <summary>What the monotonic clock shows; nobody is paused.</summary>
    public long Monotonic => start + Scaled((_asleepSince >= 0 ? _asleepSince : agenda.Now) - _asleep);

    /// <summary>What the wall clock shows; nobody is paused.</summary>
    public long Wall => Epoch + Scaled(agenda.Now) + _leapt;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Read?.Invoke();
        var now = Monotonic;
        Read?.Invoke();
        return now;
    }

    public override DateTimeOffset GetUtcNow()
    {
        Read?.Invoke();
        var now = new DateTimeOffset(Wall, TimeSpan.Zero);
        Read?.Invoke();
        return now;
    }

    /// <summary>The wall clock is set.</summary>
    public void Leap(long ticks) => _leapt += ticks;

    /// <summary>The monotonic clock stands still, until it is woken.</summary>
    public void Sleep()
    {
        if (_asleepSince < 0)
        {
            _asleepSince = agenda.Now;
        }
    }

    /// <summary>It goes on.</summary>
    public void Wake()
    {
        if (_asleepSince >= 0)
        {
            _asleep += agenda.Now - _asleepSince;
            _asleepSince = -1;
        }
    }

    /// <summary>How long, in true time, a timer of the node takes.</summary>
    public long TrueTicks(TimeSpan span) => span.Ticks * Million / (Million + ppm) + 1;

    long Scaled(long ticks) => ticks + (ticks / Million * ppm) + (ticks % Million * ppm / Million);
}
