using System.Globalization;

namespace ActorPool.Budgets.Simulation;

/// <summary>What one schedule is about, drawn by chance. Each choice can be told to stay plain, which is how a failing schedule loses those that do not matter.</summary>
sealed class TrialOptions
{
    readonly Choices _choices;
    readonly ulong _plain;
    int _option;

    public TrialOptions(Schedule schedule)
    {
        _choices = new Choices(schedule.Seed, 0);
        _plain = schedule.Plain;
        Nodes = Draw(2, 1 + Math.Min(_choices.Next(8), _choices.Next(8)));
        Connections = Draw(4, _choices.OneIn(3) ? 1 + _choices.Next(4) : 1 + _choices.Next(50));
        Lifetime = Ms(Draw(10_000, (int)_choices.Between(1_000, 30_000)));
        Margin = Draw(Lifetime / 5, Share(Lifetime, 10, 400));
        ClosingTime = Draw(Lifetime / 10, Share(Lifetime, 10, 333));
        RenewInterval = Draw(Lifetime / 3, _choices.OneIn(2) ? Lifetime / 3 : Share(Lifetime, 150, 500));
        RequestTimeout = Draw(RenewInterval, _choices.OneIn(2) ? RenewInterval : Share(Lifetime, 50, 1000));
        PollInterval = Draw(RenewInterval / 4, Share(RenewInterval, 100, 1000));
        SettleTime = Draw(Lifetime / 20, _choices.OneIn(4) ? TimeSpan.Zero : Share(Lifetime, 10, 300));
        HasFence = Draw(true, _choices.OneIn(2));
        Quarantine = HasFence ? TimeSpan.Zero : Draw(Lifetime, _choices.OneIn(4) ? TimeSpan.Zero : Share(Lifetime, 10, 2000));
        OnDeadline = Draw(OnDeadline.CloseLeased, _choices.OneIn(4) ? OnDeadline.KeepLeased : OnDeadline.CloseLeased);
        IsWatched = Draw(true, !_choices.OneIn(3));
        ChecksIncarnation = Draw(true, _choices.OneIn(2));
        IsNumbered = Draw(false, _choices.OneIn(4));
        if (IsNumbered)
        {
            MaxNodes = Nodes;
            OfflineFloor = Draw(0, _choices.OneIn(2) ? 0 : _choices.Next((Connections / Nodes) + 1));
            EngineConnections = Draw(0, OfflineFloor * Nodes + Nodes < Connections && _choices.OneIn(2) ? 1 : 0);
        }

        HasBook = Draw(true, !_choices.OneIn(4));
        MaySleep = Draw(false, _choices.OneIn(2));
        MayResize = Draw(false, _choices.OneIn(8));
        var drift = 950_000 * Margin.Ticks / ((2 * Lifetime.Ticks) + Margin.Ticks);
        DriftPpm = (int)Math.Min(Draw(0, _choices.OneIn(2) ? drift : _choices.Between(0, drift)), 100_000);
        IsLossy = Draw(false, !_choices.OneIn(3));
        IsSlow = Draw(false, !_choices.OneIn(3));
        IsDoubling = Draw(false, !_choices.OneIn(3));
        PauseOdds = Draw(0, _choices.OneIn(3) ? 0 : 60 + _choices.Next(400));
    }

    public int Nodes { get; }

    public int Connections { get; }

    public TimeSpan Lifetime { get; }

    public TimeSpan Margin { get; }

    public TimeSpan ClosingTime { get; }

    public TimeSpan RenewInterval { get; }

    public TimeSpan RequestTimeout { get; }

    public TimeSpan PollInterval { get; }

    public TimeSpan SettleTime { get; }

    public TimeSpan Quarantine { get; }

    public OnDeadline OnDeadline { get; }

    public bool HasFence { get; }

    public bool IsWatched { get; }

    public bool IsNumbered { get; }

    public int? MaxNodes { get; }

    public int OfflineFloor { get; }

    public int EngineConnections { get; }

    /// <summary>Whether the engine compares its incarnation in the same step as the versions (PostgreSQL), or tells it afterwards (etcd).</summary>
    public bool ChecksIncarnation { get; }

    /// <summary>Whether the budget was used before; if not, the first node makes the book.</summary>
    public bool HasBook { get; }

    /// <summary>Whether machines are suspended, with a monotonic clock that stands still; if not, wall clocks may be set back.</summary>
    public bool MaySleep { get; }

    /// <summary>Whether processes may start with another size of the budget.</summary>
    public bool MayResize { get; }

    /// <summary>How much clocks may run too fast or too slow, in millionths: as much as the margin allows, at most.</summary>
    public int DriftPpm { get; }

    public bool IsLossy { get; }

    public bool IsSlow { get; }

    public bool IsDoubling { get; }

    /// <summary>Once in how many instructions a process is paused; 0: only by incidents.</summary>
    public int PauseOdds { get; }

    /// <summary>For how long a process may be paused at most.</summary>
    public TimeSpan PauseMax => HasFence
        ? 3 * (Lifetime + Margin)
        : TimeSpan.FromTicks(Math.Max(0, (long)(Quarantine.Ticks / (1 + (DriftPpm / 1e6))) - ClosingTime.Ticks));

    /// <summary>What pools may have in all, without what is set aside for the engine.</summary>
    public int ForPools(int connections) => connections - (EngineConnections * (MaxNodes ?? 0));

    /// <summary>What the book has to share out.</summary>
    public int Shareable(int connections) => connections - ((OfflineFloor + EngineConnections) * (MaxNodes ?? 0));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Connections} connections, {Nodes} nodes{(IsNumbered ? ", numbered" : "")}, lifetime {Lifetime.TotalMilliseconds:0} ms, margin {Margin.TotalMilliseconds:0}, closing {ClosingTime.TotalMilliseconds:0}, renew {RenewInterval.TotalMilliseconds:0}, timeout {RequestTimeout.TotalMilliseconds:0}, poll {PollInterval.TotalMilliseconds:0}, settle {SettleTime.TotalMilliseconds:0}, {(HasFence ? "fence" : $"quarantine {Quarantine.TotalMilliseconds:0}")}, {OnDeadline}, floor {OfflineFloor}, engine's {EngineConnections}, {(IsWatched ? "watched" : "polling")}, incarnation {(ChecksIncarnation ? "checked" : "told")}, drift {DriftPpm} ppm, {(MaySleep ? "sleeps" : "set back")}{(MayResize ? ", resized" : "")}{(IsLossy ? ", lossy" : "")}{(IsSlow ? ", slow" : "")}{(IsDoubling ? ", doubling" : "")}, pauses {(PauseOdds == 0 ? "by incidents" : $"1 in {PauseOdds}")} up to {PauseMax.TotalMilliseconds:0} ms
        """);

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    // Short ones are drawn as often as long ones.
    TimeSpan Share(TimeSpan of, int leastThousandths, int mostThousandths)
    {
        var most = _choices.OneIn(2) ? mostThousandths : Math.Max(leastThousandths, mostThousandths / 5);
        return of * _choices.Between(leastThousandths, most) / 1_000;
    }

    TValue Draw<TValue>(TValue plain, TValue drawn) => (_plain & (1UL << _option++)) != 0 ? plain : drawn;
}
