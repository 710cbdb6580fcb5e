using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPool.Dashboard;

/// <summary><see cref="DashboardOptions"/> as they were when the page was mapped, checked, and what the container had for them.</summary>
sealed record DashboardSettings
{
    static readonly TimeSpan RefreshMin = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan RefreshMax = TimeSpan.FromMinutes(1);
    const int SubscribersMax = 10_000;

    public required string Title { get; init; }

    public required string? ReadPolicy { get; init; }

    public required string? OperatePolicy { get; init; }

    public required TimeSpan RefreshInterval { get; init; }

    public required int MaxSubscribers { get; init; }

    public required IReadOnlyList<PoolRuntime> Runtimes { get; init; }

    /// <summary>The nodes that are shown; null where pools are in no cluster.</summary>
    public IPoolCluster? Cluster { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The clock of the pools that are shown.</summary>
    public TimeProvider Time => Runtimes[0].TimeProvider;

    public static DashboardSettings From(DashboardOptions options, IServiceProvider services)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException($"The dashboard cannot be mapped: {string.Join("; ", problems)}.", nameof(options));
        }

        CheckPolicy(nameof(options.ReadPolicy), options.ReadPolicy, services);
        CheckPolicy(nameof(options.OperatePolicy), options.OperatePolicy, services);
        if (options.OperatePolicy is not null && services.GetService<IAntiforgery>() is null)
        {
            throw new InvalidOperationException(
                $"The dashboard's {nameof(options.OperatePolicy)} is '{options.OperatePolicy}', but operations need antiforgery, which is not"
                + " registered: add builder.Services.AddAntiforgery().");
        }

        return new DashboardSettings
        {
            Title = Text.Bounded(options.Title, Text.NameMax),
            ReadPolicy = options.ReadPolicy,
            OperatePolicy = options.OperatePolicy,
            RefreshInterval = options.RefreshInterval,
            MaxSubscribers = options.MaxSubscribers,
            Runtimes = options.Runtimes.Count > 0
                ? [.. options.Runtimes.Distinct()]
                : [services.GetService<PoolRuntime>() ?? PoolRuntime.Default],
            Cluster = services.GetService<IPoolCluster>(),
            Logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("ActorPool.Dashboard"),
        };
    }

    static IEnumerable<string> Problems(DashboardOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Title))
        {
            yield return "Title is empty";
        }

        if (options.RefreshInterval < RefreshMin || options.RefreshInterval > RefreshMax)
        {
            yield return $"RefreshInterval ({options.RefreshInterval}) is not between {RefreshMin} and {RefreshMax}";
        }

        if (options.MaxSubscribers is < 1 or > SubscribersMax)
        {
            yield return $"MaxSubscribers ({options.MaxSubscribers}) is not between 1 and {SubscribersMax}";
        }

        if (options.ReadPolicy is { } read && string.IsNullOrWhiteSpace(read))
        {
            yield return "ReadPolicy is empty (null is for none)";
        }

        if (options.OperatePolicy is { } operate && string.IsNullOrWhiteSpace(operate))
        {
            yield return "OperatePolicy is empty (null is for none)";
        }

        if (options.Runtimes.Contains(null!))
        {
            yield return "Runtimes has a null";
        }
    }

    /// <summary>A policy that does not exist would only be missed at the first request.</summary>
    static void CheckPolicy(string option, string? policy, IServiceProvider services)
    {
        if (policy is null)
        {
            return;
        }

        if (services.GetService<IAuthorizationPolicyProvider>() is not { } provider)
        {
            throw new InvalidOperationException(
                $"The dashboard's {option} is '{policy}', but authorization is not registered: add"
                + $" builder.Services.AddAuthorization(options => options.AddPolicy(\"{policy}\", …)).");
        }

        // A provider of the application's own may have to ask somebody; then the first request will tell.
        var lookup = provider.GetPolicyAsync(policy);
        if (lookup.IsCompletedSuccessfully && lookup.Result is null)
        {
            throw new InvalidOperationException(
                $"The dashboard's {option} is '{policy}', but there is no authorization policy of that name: add it with"
                + $" builder.Services.AddAuthorization(options => options.AddPolicy(\"{policy}\", …)).");
        }
    }
}
