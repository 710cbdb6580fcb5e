using System.Globalization;

namespace ActorPool.Simulation;

/// <summary>
/// Options by chance. Each of them can be told to stay plain, which is how a failing schedule loses those that do not matter.
/// </summary>
sealed class OptionsDraw(World world, string name, ConnectionBudget? budget)
{
    int _option;

    Choices Choices => world.Choices;

    /// <summary>Which steps the connector has.</summary>
    public ConnectorSteps Steps() =>
        Draw(ConnectorSteps.Probe | ConnectorSteps.Reuse, (ConnectorSteps)Choices.Next((int)ConnectorSteps.All + 1));

    public PoolOptions Next()
    {
        _option = 0;
        var options = new PoolOptions
        {
            Name = name,
            Budget = budget,
            AcquireTimeout = Ms(30),
            MaxSize = Draw(2, 1 + Choices.Next(4)),
            MaxConcurrentConnects = Draw(2, 1 + Choices.Next(3)),
            ConnectTimeout = Ms(Draw(6, 2 + Choices.Next(8))),
            UnavailableAfter = Ms(Draw(20, Choices.Next(40))),
            IdleTimeout = Draw(Ms(12), Choices.OneIn(4) ? TimeSpan.Zero : Choices.Ms(2, 20)),
            MaxLifetime = Draw(Timeout.InfiniteTimeSpan, Choices.OneIn(3) ? Timeout.InfiniteTimeSpan : Choices.Ms(5, 60)),
            KeepaliveInterval = Draw(Ms(6), Choices.Ms(2, 10)),
            KeepaliveTimeout = Ms(3),
            ValidateAfterIdle = Draw(Ms(2), Choices.Ms(0, 4)),
            ResetTimeout = Ms(3),
            CloseTimeout = Draw(Ms(10), Choices.Ms(1, 30)),
            Order = Draw(IdleOrder.Lifo, (IdleOrder)Choices.Next(2)),
            MaxWaiters = Draw(PoolOptions.Unlimited, Choices.OneIn(4) ? Choices.Next(4) : PoolOptions.Unlimited),
            QueueTarget = Draw(Timeout.InfiniteTimeSpan, Choices.OneIn(4) ? Ms(2) : Timeout.InfiniteTimeSpan),
            QueueInterval = Ms(5),
            WhenExhausted = Draw(WhenExhausted.Wait, Choices.OneIn(3) ? (WhenExhausted)Choices.Next(3) : WhenExhausted.Wait),
            FillStagger = Draw(TimeSpan.Zero, Choices.OneIn(4) ? Ms(2) : TimeSpan.Zero),
            PruneInterval = Ms(3),
            SiblingProbation = Draw(false, Choices.OneIn(2)),
            LeaseTimeout = Draw(Timeout.InfiniteTimeSpan, Choices.OneIn(4) ? Choices.Ms(5, 15) : Timeout.InfiniteTimeSpan),
            LeakWarningAfter = Draw(Timeout.InfiniteTimeSpan, Choices.OneIn(4) ? Ms(4) : Timeout.InfiniteTimeSpan),
            MaxLeasesPerConnection = Draw(1, Choices.OneIn(4) ? 2 + Choices.Next(2) : 1),
            PauseLimit = Ms(10),
            DrainTimeout = Ms(10),
            Credentials = Draw(null, Choices.OneIn(3) ? CredentialProvider.Create(world.AskCredentials) : null),
        };
        options.ReconnectBackoff = new BackoffOptions { Initial = Ms(2), Max = Ms(16), Jitter = Draw(false, Choices.OneIn(2)) };
        options.MinSize = Draw(0, Choices.Next(options.MaxSize + 1));
        return options;
    }

    public static string Describe(PoolOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        size {options.MinSize} to {options.MaxSize}, connects {options.MaxConcurrentConnects}, connect {Text(options.ConnectTimeout)}, unavailable after {Text(options.UnavailableAfter)}, idle {Text(options.IdleTimeout)}, lifetime {Text(options.MaxLifetime)}, keepalive {Text(options.KeepaliveInterval)}, validate {Text(options.ValidateAfterIdle)}, close {Text(options.CloseTimeout)}, {options.Order}, waiters {(options.MaxWaiters == PoolOptions.Unlimited ? "any" : options.MaxWaiters)}, queue {Text(options.QueueTarget)}, exhausted {options.WhenExhausted}, stagger {Text(options.FillStagger)}, probation {options.SiblingProbation}, lease {Text(options.LeaseTimeout)}, warning {Text(options.LeakWarningAfter)}, leases {options.MaxLeasesPerConnection}, credentials {options.Credentials is not null}, jitter {options.ReconnectBackoff.Jitter}
        """);

    static string Text(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? "off" : $"{time.TotalMilliseconds} ms";

    static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    TValue Draw<TValue>(TValue plain, TValue drawn) => (world.Schedule.Plain & (1UL << _option++)) != 0 ? plain : drawn;
}
