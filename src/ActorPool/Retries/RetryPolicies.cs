using System.Runtime.CompilerServices;
using ActorPool.Actors;

namespace ActorPool.Retries;

/// <summary>The policies of one pool: its own, and those of the options that its callers bring, each made once.</summary>
sealed class RetryPolicies(RetrySettings ofThePool, Clock clock)
{
    readonly ConditionalWeakTable<RetryOptions, RetryPolicy> _ofCallers = [];
    RetryPolicy? _ofThePool;

    /// <summary>What <see cref="PoolOptions.Retry"/> said when these were made.</summary>
    public RetrySettings Default { get; } = ofThePool;

    /// <summary>The policy of <see cref="PoolOptions.Retry"/>.</summary>
    public RetryPolicy OfThePool => _ofThePool ??= new RetryPolicy(Default, clock.TimeProvider);

    /// <summary>The policy of a caller's options; as they were when they first came.</summary>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public RetryPolicy Of(RetryOptions options) => _ofCallers.TryGetValue(options, out var policy)
        ? policy
        : _ofCallers.GetValue(options, key => new RetryPolicy(RetrySettings.From(key), clock.TimeProvider));
}
