using System.Globalization;

namespace ActorPool.Options;

/// <summary>Checks options: every rule in one place, every problem in one error, nothing corrected.</summary>
static class PoolOptionsValidator
{
    static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Year = TimeSpan.FromDays(366);

    /// <exception cref="ArgumentException">Lists all problems, each by the name of its option.</exception>
    public static void Validate(PoolOptions options)
    {
        var problems = FindProblems(options);
        if (problems.Count > 0)
        {
            throw new ArgumentException(
                $"The options of pool '{options.Name}' cannot be used: {string.Join("; ", problems)}.", nameof(options));
        }
    }

    /// <exception cref="ArgumentException">The sizes are out of range or contradict each other.</exception>
    public static void ValidateSizes(string name, int minSize, int maxSize) =>
        Validate(new PoolOptions { Name = name, MinSize = minSize, MaxSize = maxSize });

    /// <summary>Every problem in words; empty if there is none.</summary>
    public static List<string> FindProblems(PoolOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            problems.Add($"{nameof(options.Name)} is empty");
        }

        Range(options.MinSize, 0, 1_000_000, nameof(options.MinSize));
        Range(options.MaxSize, 1, 1_000_000, nameof(options.MaxSize));
        if (options.MinSize > options.MaxSize)
        {
            problems.Add($"{nameof(options.MinSize)} ({options.MinSize}) is above {nameof(options.MaxSize)} ({options.MaxSize})");
        }

        Range(options.MaxWaiters, 0, PoolOptions.Unlimited, nameof(options.MaxWaiters));
        Range(options.MaxLeasesPerConnection, 1, 10_000, nameof(options.MaxLeasesPerConnection));
        Range(options.MaxConcurrentConnects, 1, 1_000, nameof(options.MaxConcurrentConnects));
        if (!(options.LifetimeJitter is >= 0 and <= 0.9))
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{nameof(options.LifetimeJitter)} is {options.LifetimeJitter}, must be 0 to 0.9"));
        }

        Defined(options.Order, nameof(options.Order));
        Defined(options.WhenExhausted, nameof(options.WhenExhausted));
        Defined(options.LeakDetection, nameof(options.LeakDetection));

        TimeOrInfinite(options.AcquireTimeout, TimeSpan.Zero, Year, nameof(options.AcquireTimeout));
        TimeOrInfinite(options.ConnectTimeout, Millisecond, Day, nameof(options.ConnectTimeout));
        TimeOrInfinite(options.UnavailableAfter, TimeSpan.Zero, Year, nameof(options.UnavailableAfter));
        TimeOrInfinite(options.IdleTimeout, TimeSpan.Zero, Year, nameof(options.IdleTimeout));
        TimeOrInfinite(options.MaxLifetime, TimeSpan.Zero, Year, nameof(options.MaxLifetime));
        TimeOrInfinite(options.KeepaliveInterval, Millisecond, Day, nameof(options.KeepaliveInterval));
        TimeOrInfinite(options.KeepaliveTimeout, Millisecond, Day, nameof(options.KeepaliveTimeout));
        TimeOrInfinite(options.ValidateAfterIdle, TimeSpan.Zero, Year, nameof(options.ValidateAfterIdle));
        TimeOrInfinite(options.ResetTimeout, Millisecond, Day, nameof(options.ResetTimeout));
        TimeOrInfinite(options.DrainTimeout, TimeSpan.Zero, Year, nameof(options.DrainTimeout));
        TimeOrInfinite(options.QueueTarget, Millisecond, Day, nameof(options.QueueTarget));
        Time(options.QueueInterval, Millisecond, Day, nameof(options.QueueInterval));
        Time(options.FillStagger, TimeSpan.Zero, Day, nameof(options.FillStagger));
        TimeOrInfinite(options.PruneInterval, Millisecond, Day, nameof(options.PruneInterval));
        TimeOrInfinite(options.LeaseTimeout, Millisecond, Year, nameof(options.LeaseTimeout));
        TimeOrInfinite(options.LeakWarningAfter, Millisecond, Year, nameof(options.LeakWarningAfter));
        TimeOrInfinite(options.PauseLimit, Millisecond, Year, nameof(options.PauseLimit));
        Time(options.CloseTimeout, Millisecond, Day, nameof(options.CloseTimeout));

        if (options.MinSize > 0 && options.MaxLifetime == TimeSpan.Zero)
        {
            problems.Add(
                $"{nameof(options.MinSize)} is {options.MinSize} but {nameof(options.MaxLifetime)} is zero, "
                + "so that no connection can be kept");
        }

        if (options.Retry is null)
        {
            problems.Add($"{nameof(options.Retry)} is null");
        }
        else
        {
            RetryOptionsValidator.FindProblems(options.Retry, $"{nameof(options.Retry)}.", problems);
        }

        if (options.ReconnectBackoff is not { } backoff)
        {
            problems.Add($"{nameof(options.ReconnectBackoff)} is null");
            return problems;
        }

        Time(backoff.Initial, Millisecond, Day, $"{nameof(options.ReconnectBackoff)}.{nameof(backoff.Initial)}");
        Time(backoff.Max, Millisecond, Day, $"{nameof(options.ReconnectBackoff)}.{nameof(backoff.Max)}");
        if (backoff.Initial > backoff.Max)
        {
            problems.Add(
                $"{nameof(options.ReconnectBackoff)}.{nameof(backoff.Initial)} ({backoff.Initial}) is above "
                + $"{nameof(options.ReconnectBackoff)}.{nameof(backoff.Max)} ({backoff.Max})");
        }

        return problems;

        void Range(int value, int min, int max, string name)
        {
            if (value < min || value > max)
            {
                problems.Add($"{name} is {value}, must be {min} to {max}");
            }
        }

        void Defined<TEnum>(TEnum value, string name)
            where TEnum : struct, Enum
        {
            if (!Enum.IsDefined(value))
            {
                problems.Add($"{name} is {value:D}, must be {string.Join(" or ", Enum.GetNames<TEnum>())}");
            }
        }

        void Time(TimeSpan value, TimeSpan min, TimeSpan max, string name)
        {
            if (value < min || value > max)
            {
                problems.Add($"{name} is {value}, must be {min} to {max}");
            }
        }

        void TimeOrInfinite(TimeSpan value, TimeSpan min, TimeSpan max, string name)
        {
            if (value != Timeout.InfiniteTimeSpan && (value < min || value > max))
            {
                problems.Add($"{name} is {value}, must be {min} to {max}, or infinite (Timeout.InfiniteTimeSpan)");
            }
        }
    }
}
