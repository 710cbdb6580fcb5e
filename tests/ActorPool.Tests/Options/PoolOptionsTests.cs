using ActorPool.Options;
using ActorPool.TestKit;

namespace ActorPool.Tests.Options;

/// <summary>Options: their defaults, their ranges, and that a pool takes them once.</summary>
public sealed class PoolOptionsTests : VirtualPoolTest
{
    const string WithinADay = "must be 00:00:00.0010000 to 1.00:00:00";
    const string OrInfinite = ", or infinite (Timeout.InfiniteTimeSpan)";
    const string WithinAYear = "must be 00:00:00 to 366.00:00:00" + OrInfinite;

    static readonly TimeSpan Negative = TimeSpan.FromMilliseconds(-2);
    static readonly TimeSpan JustOverADay = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1);
    static readonly TimeSpan JustOverAYear = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1);

    /// <summary>Each rule broken alone: the whole of what must be said about it.</summary>
    static readonly Dictionary<string, Action<PoolOptions>> Wrong = new()
    {
        ["Name is empty"] = options => options.Name = " ",
        ["MinSize is -1, must be 0 to 1000000"] = options => options.MinSize = -1,
        ["MaxSize is 0, must be 1 to 1000000"] = options => options.MaxSize = 0,
        ["MaxSize is 1000001, must be 1 to 1000000"] = options => options.MaxSize = 1_000_001,
        ["MinSize (17) is above MaxSize (16)"] = options => options.MinSize = 17,
        ["MaxConcurrentConnects is 0, must be 1 to 1000"] = options => options.MaxConcurrentConnects = 0,
        ["MaxConcurrentConnects is 1001, must be 1 to 1000"] = options => options.MaxConcurrentConnects = 1_001,
        ["LifetimeJitter is -0.1, must be 0 to 0.9"] = options => options.LifetimeJitter = -0.1,
        ["LifetimeJitter is 0.91, must be 0 to 0.9"] = options => options.LifetimeJitter = 0.91,
        ["LifetimeJitter is NaN, must be 0 to 0.9"] = options => options.LifetimeJitter = double.NaN,
        ["Order is 7, must be Lifo or Fifo"] = options => options.Order = (IdleOrder)7,
        [$"AcquireTimeout is {Negative}, {WithinAYear}"] = options => options.AcquireTimeout = Negative,
        [$"AcquireTimeout is {JustOverAYear}, {WithinAYear}"] = options => options.AcquireTimeout = JustOverAYear,
        [$"ConnectTimeout is 00:00:00, {WithinADay}{OrInfinite}"] = options => options.ConnectTimeout = TimeSpan.Zero,
        [$"ConnectTimeout is {Negative}, {WithinADay}{OrInfinite}"] = options => options.ConnectTimeout = Negative,
        [$"ConnectTimeout is {JustOverADay}, {WithinADay}{OrInfinite}"] = options => options.ConnectTimeout = JustOverADay,
        [$"UnavailableAfter is {Negative}, {WithinAYear}"] = options => options.UnavailableAfter = Negative,
        [$"UnavailableAfter is {JustOverAYear}, {WithinAYear}"] = options => options.UnavailableAfter = JustOverAYear,
        [$"IdleTimeout is {Negative}, {WithinAYear}"] = options => options.IdleTimeout = Negative,
        [$"IdleTimeout is {JustOverAYear}, {WithinAYear}"] = options => options.IdleTimeout = JustOverAYear,
        [$"MaxLifetime is {Negative}, {WithinAYear}"] = options => options.MaxLifetime = Negative,
        [$"MaxLifetime is {JustOverAYear}, {WithinAYear}"] = options => options.MaxLifetime = JustOverAYear,
        [$"KeepaliveInterval is 00:00:00, {WithinADay}{OrInfinite}"] = options => options.KeepaliveInterval = TimeSpan.Zero,
        [$"KeepaliveInterval is {JustOverADay}, {WithinADay}{OrInfinite}"] = options => options.KeepaliveInterval = JustOverADay,
        [$"KeepaliveTimeout is 00:00:00, {WithinADay}{OrInfinite}"] = options => options.KeepaliveTimeout = TimeSpan.Zero,
        [$"KeepaliveTimeout is {JustOverADay}, {WithinADay}{OrInfinite}"] = options => options.KeepaliveTimeout = JustOverADay,
        [$"ValidateAfterIdle is {Negative}, {WithinAYear}"] = options => options.ValidateAfterIdle = Negative,
        [$"ValidateAfterIdle is {JustOverAYear}, {WithinAYear}"] = options => options.ValidateAfterIdle = JustOverAYear,
        [$"ResetTimeout is 00:00:00, {WithinADay}{OrInfinite}"] = options => options.ResetTimeout = TimeSpan.Zero,
        [$"ResetTimeout is {JustOverADay}, {WithinADay}{OrInfinite}"] = options => options.ResetTimeout = JustOverADay,
        [$"DrainTimeout is {Negative}, {WithinAYear}"] = options => options.DrainTimeout = Negative,
        [$"DrainTimeout is {JustOverAYear}, {WithinAYear}"] = options => options.DrainTimeout = JustOverAYear,
        [$"CloseTimeout is 00:00:00, {WithinADay}"] = options => options.CloseTimeout = TimeSpan.Zero,
        [$"CloseTimeout is {JustOverADay}, {WithinADay}"] = options => options.CloseTimeout = JustOverADay,
        [$"CloseTimeout is {Timeout.InfiniteTimeSpan}, {WithinADay}"] = options => options.CloseTimeout = Timeout.InfiniteTimeSpan,
        ["MinSize is 1 but MaxLifetime is zero, so that no connection can be kept"] =
            options => (options.MinSize, options.MaxLifetime) = (1, TimeSpan.Zero),
        ["Retry is null"] = options => options.Retry = null!,
        ["Retry.MaxAttempts is 0, must be at least 1 (the first attempt counts)"] = options => options.Retry.MaxAttempts = 0,
        ["Retry.Delay (00:00:11) is above Retry.MaxDelay (00:00:10)"] = options => options.Retry.Delay = Seconds(11),
        ["ReconnectBackoff is null"] = options => options.ReconnectBackoff = null!,
        [$"ReconnectBackoff.Initial is 00:00:00, {WithinADay}"] = options => options.ReconnectBackoff.Initial = TimeSpan.Zero,
        [$"ReconnectBackoff.Max is {JustOverADay}, {WithinADay}"] = options => options.ReconnectBackoff.Max = JustOverADay,
        ["ReconnectBackoff.Initial (00:01:00) is above ReconnectBackoff.Max (00:00:30)"] =
            options => options.ReconnectBackoff.Initial = TimeSpan.FromMinutes(1),
    };

    public static TheoryData<string> Problems => new(Wrong.Keys);

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_broken_rule_is_told_with_the_options_name_its_value_and_its_range(string problem)
    {
        var options = new PoolOptions();
        Wrong[problem](options);

        var error = Refused(options);

        Assert.Equal($"The options of pool '{options.Name}' cannot be used: {problem}. (Parameter 'options')", error.Message);
    }

    [Fact]
    public void All_problems_are_told_together()
    {
        var options = new PoolOptions
        {
            Name = "orders",
            MinSize = -5,
            MaxSize = 0,
            ConnectTimeout = TimeSpan.Zero,
            CloseTimeout = Negative,
            Order = (IdleOrder)9,
            ReconnectBackoff = { Initial = Negative },
        };

        var error = Refused(options);

        Assert.StartsWith("The options of pool 'orders' cannot be used: ", error.Message, StringComparison.Ordinal);
        string[] names = ["MinSize is -5", "MaxSize is 0", "ConnectTimeout is", "CloseTimeout is", "Order is 9", "ReconnectBackoff.Initial is"];
        Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.Equal(names.Length - 1, error.Message.Count(letter => letter == ';'));
    }

    [Fact]
    public void The_ends_of_every_range_are_allowed()
    {
        PoolOptionsValidator.Validate(new PoolOptions
        {
            MinSize = 0,
            MaxSize = 1,
            AcquireTimeout = TimeSpan.Zero,
            ConnectTimeout = Ms(1),
            MaxConcurrentConnects = 1,
            ReconnectBackoff = { Initial = Ms(1), Max = Ms(1) },
            UnavailableAfter = TimeSpan.Zero,
            IdleTimeout = TimeSpan.Zero,
            MaxLifetime = TimeSpan.Zero,
            LifetimeJitter = 0,
            KeepaliveInterval = Ms(1),
            KeepaliveTimeout = Ms(1),
            ValidateAfterIdle = TimeSpan.Zero,
            ResetTimeout = Ms(1),
            CloseTimeout = Ms(1),
            DrainTimeout = TimeSpan.Zero,
        });
        var day = TimeSpan.FromDays(1);
        PoolOptionsValidator.Validate(new PoolOptions
        {
            MinSize = 1_000_000,
            MaxSize = 1_000_000,
            ConnectTimeout = day,
            MaxConcurrentConnects = 1_000,
            ReconnectBackoff = { Initial = day, Max = day },
            LifetimeJitter = 0.9,
            KeepaliveInterval = day,
            KeepaliveTimeout = day,
            ResetTimeout = day,
            CloseTimeout = day,
        });
        var never = Timeout.InfiniteTimeSpan;
        PoolOptionsValidator.Validate(new PoolOptions
        {
            AcquireTimeout = never,
            ConnectTimeout = never,
            UnavailableAfter = never,
            IdleTimeout = never,
            MaxLifetime = never,
            KeepaliveInterval = never,
            KeepaliveTimeout = never,
            ValidateAfterIdle = never,
            ResetTimeout = never,
            DrainTimeout = never,
        });
    }

    [Fact]
    public void A_pool_takes_its_options_once()
    {
        PoolOptions? mine = null;
        var pool = Create(options => { options.MaxSize = 1; options.MinSize = 1; mine = options; });

        mine!.Name = "another";
        mine.MaxSize = 5;
        mine.MinSize = -1;
        mine.AcquireTimeout = Negative;
        mine.ReconnectBackoff.Initial = Seconds(20);
        mine.ReconnectBackoff = null!;

        Assert.Equal("test", pool.Name);
        Assert.Equal((1, 1), (pool.Snapshot().MinSize, pool.Snapshot().MaxSize));
        using var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);
        Assert.Equal(1, pool.Snapshot().Size);
        World.Advance(Seconds(15));
        Failure<AcquireTimeoutException>(waiter);
    }

    [Fact]
    public void A_backoff_that_is_changed_later_does_not_reach_the_pool()
    {
        PoolOptions? mine = null;
        var pool = Create(options => mine = options);
        mine!.ReconnectBackoff.Initial = Seconds(20);
        Connector.Opens.Next(StepPlan.Fail(new IOException("refused")));

        var waiter = BeginAcquire(pool);
        World.Advance(Ms(100));

        waiter.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void The_defaults_are_those_of_the_design()
    {
        var options = new PoolOptions();

        Assert.Equal("pool", options.Name);
        Assert.Equal((0, 16), (options.MinSize, options.MaxSize));
        Assert.Equal(Seconds(15), options.AcquireTimeout);
        Assert.Equal(Seconds(5), options.ConnectTimeout);
        Assert.Equal(4, options.MaxConcurrentConnects);
        Assert.Equal((Ms(100), Seconds(30), true), (options.ReconnectBackoff.Initial, options.ReconnectBackoff.Max, options.ReconnectBackoff.Jitter));
        Assert.Equal(Seconds(15), options.UnavailableAfter);
        Assert.Equal(Seconds(5 * 60), options.IdleTimeout);
        Assert.Equal((Seconds(30 * 60), 0.1), (options.MaxLifetime, options.LifetimeJitter));
        Assert.Equal((Seconds(60), Seconds(5)), (options.KeepaliveInterval, options.KeepaliveTimeout));
        Assert.Equal(Seconds(1), options.ValidateAfterIdle);
        Assert.Equal(Seconds(5), options.ResetTimeout);
        Assert.Equal(IdleOrder.Lifo, options.Order);
        Assert.Equal((Seconds(2), Seconds(30)), (options.CloseTimeout, options.DrainTimeout));
    }

    [Fact]
    public void Times_are_kept_in_milliseconds_and_nothing_that_is_not_zero_becomes_it()
    {
        Assert.Equal(0, PoolSettings.ToMs(TimeSpan.Zero));
        Assert.Equal(1, PoolSettings.ToMs(TimeSpan.FromTicks(1)));
        Assert.Equal(2, PoolSettings.ToMs(Ms(1.5)));
        Assert.Equal(PoolSettings.Never, PoolSettings.ToMs(Timeout.InfiniteTimeSpan));
    }

    ArgumentException Refused(PoolOptions options) =>
        Assert.Throws<ArgumentException>(() => ConnectionPool.Create(Connector, options, World.Runtime));
}
