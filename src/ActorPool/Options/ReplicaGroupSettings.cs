using System.Globalization;
using System.Net;
using ActorPool.Errors;
using ActorPool.Retries;

namespace ActorPool.Options;

/// <summary>A replica group's checked options, without what depends on the type of its connections.</summary>
sealed class ReplicaGroupSettings
{
    static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    readonly Action<ReplicaEndpoint, PoolOptions>? _configure;
    volatile PoolOptions _pool;
    volatile RetrySettings _retry;

    ReplicaGroupSettings(PoolOptions pool, Action<ReplicaEndpoint, PoolOptions>? configure)
    {
        _pool = pool.Copy();
        _retry = RetrySettings.From(_pool.Retry);
        _configure = configure;
    }

    public string Name => _pool.Name;

    public long AcquireTimeoutMs => PoolSettings.ToMs(_pool.AcquireTimeout);

    public long LookupTimeoutMs => PoolSettings.ToMs(_pool.ConnectTimeout);

    public long RoleTimeoutMs => PoolSettings.ToMs(_pool.KeepaliveTimeout);

    public required Endpoint[] Endpoints { get; init; }

    public required RoutingStrategy Strategy { get; init; }

    public required long HedgeDelayMs { get; init; }

    public required int EjectAfterFaults { get; init; }

    public required long BaseEjectionMs { get; init; }

    public required long MaxEjectionMs { get; init; }

    public required double MaxEjectedShare { get; init; }

    public required double PanicThreshold { get; init; }

    public required TargetRole Role { get; init; }

    public required bool KnowsRoles { get; init; }

    public required long RoleIntervalMs { get; init; }

    public required bool ResolvesNames { get; init; }

    public required long ResolveIntervalMs { get; init; }

    public required Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> Resolver { get; init; }

    /// <exception cref="ArgumentException">They are out of range or contradict each other: all problems are listed.</exception>
    public static ReplicaGroupSettings From<TConnection>(ReplicaGroupOptions<TConnection> options, Endpoint[] endpoints)
        where TConnection : class
    {
        var problems = FindProblems(options, endpoints);
        if (problems.Count > 0)
        {
            throw new ArgumentException(
                $"The options of replica group '{options.Pool?.Name}' cannot be used: {string.Join("; ", problems)}.", nameof(options));
        }

        return new ReplicaGroupSettings(options.Pool!, options.Configure)
        {
            Endpoints = endpoints,
            Strategy = options.Strategy,
            HedgeDelayMs = PoolSettings.ToMs(options.HedgeDelay),
            EjectAfterFaults = options.EjectAfterFaults,
            BaseEjectionMs = PoolSettings.ToMs(options.BaseEjectionTime),
            MaxEjectionMs = PoolSettings.ToMs(options.MaxEjectionTime),
            MaxEjectedShare = options.MaxEjectedShare,
            PanicThreshold = options.PanicThreshold,
            Role = options.Role,
            KnowsRoles = options.RoleProbe is not null,
            RoleIntervalMs = PoolSettings.ToMs(options.RoleInterval),
            ResolvesNames = options.ResolveNames,
            ResolveIntervalMs = PoolSettings.ToMs(options.ResolveInterval),
            Resolver = options.Resolver ?? ResolveAsync,
        };
    }

    /// <summary>What members are made from at this moment; another one after each <see cref="UsePool"/>.</summary>
    public object Template => _pool;

    /// <summary>When calls on the group are tried again; another one after each <see cref="UsePool"/>.</summary>
    public RetrySettings Retry => _retry;

    /// <summary>From now on members are made with these options; the name stays.</summary>
    /// <exception cref="ArgumentException">They have another budget.</exception>
    public void UsePool(PoolOptions pool)
    {
        if (!ReferenceEquals(pool.Budget, _pool.Budget))
        {
            throw PoolErrors.Fixed(Name, nameof(pool.Budget));
        }

        var copy = pool.Copy();
        copy.Name = Name;
        _pool = copy;
        _retry = RetrySettings.From(copy.Retry);
    }

    /// <summary>The options of a member's pool. Runs users' code.</summary>
    public PoolOptions OptionsFor(ReplicaEndpoint target)
    {
        var options = _pool.Copy();
        options.Name = $"{Name}@{target.Address}";
        _configure?.Invoke(target, options);
        options.Endpoint = target.Address;
        return options;
    }

    static async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

    static List<string> FindProblems<TConnection>(ReplicaGroupOptions<TConnection> options, Endpoint[] endpoints)
        where TConnection : class
    {
        var problems = new List<string>();
        PoolDirectorySettings.CheckTemplate(options.Pool, problems);
        if (endpoints.Length == 0)
        {
            problems.Add("there are no endpoints");
        }

        problems.AddRange(endpoints.GroupBy(static endpoint => endpoint).Where(static same => same.Skip(1).Any())
            .Select(static same => $"endpoint '{same.Key}' is given twice"));
        CheckOwn(options, problems);
        if (options.Role != TargetRole.Any && options.RoleProbe is null)
        {
            problems.Add($"{nameof(options.Role)} is {options.Role} but {nameof(options.RoleProbe)} is null, so that no role is known");
        }

        return problems;
    }

    /// <summary>Adds the problems of what is the group's own, and depends neither on its members nor on code.</summary>
    public static void CheckOwn<TConnection>(ReplicaGroupOptions<TConnection> options, List<string> problems)
        where TConnection : class
    {
        Defined(options.Strategy, nameof(options.Strategy));
        Defined(options.Role, nameof(options.Role));
        Range(options.EjectAfterFaults, 0, 1_000, nameof(options.EjectAfterFaults));
        Range(options.MaxEjectedShare, 0, 1, nameof(options.MaxEjectedShare));
        Range(options.PanicThreshold, 0, 1, nameof(options.PanicThreshold));
        Time(options.HedgeDelay, nameof(options.HedgeDelay), orInfinite: true);
        Time(options.BaseEjectionTime, nameof(options.BaseEjectionTime), orInfinite: false);
        Time(options.MaxEjectionTime, nameof(options.MaxEjectionTime), orInfinite: false);
        Time(options.RoleInterval, nameof(options.RoleInterval), orInfinite: true);
        Time(options.ResolveInterval, nameof(options.ResolveInterval), orInfinite: true);
        if (options.MaxEjectionTime < options.BaseEjectionTime)
        {
            problems.Add(
                $"{nameof(options.MaxEjectionTime)} ({options.MaxEjectionTime}) is below "
                + $"{nameof(options.BaseEjectionTime)} ({options.BaseEjectionTime})");
        }

        void Defined<TEnum>(TEnum value, string name)
            where TEnum : struct, Enum
        {
            if (!Enum.IsDefined(value))
            {
                problems.Add($"{name} is {value}, must be one of {string.Join(", ", Enum.GetNames<TEnum>())}");
            }
        }

        void Range(double value, double min, double max, string name)
        {
            if (!(value >= min && value <= max))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, must be {min} to {max}"));
            }
        }

        void Time(TimeSpan value, string name, bool orInfinite)
        {
            if ((value < Millisecond || value > Day) && !(orInfinite && value == Timeout.InfiniteTimeSpan))
            {
                problems.Add($"{name} is {value}, must be {Millisecond} to {Day}" + (orInfinite ? ", or infinite (Timeout.InfiniteTimeSpan)" : ""));
            }
        }
    }
}
