using System.Diagnostics;

namespace ActorPool;

/// <summary>
/// Limits retries that go to one place, so that an endpoint in trouble is not given more work than usual: a bucket of
/// tokens, shared by all calls whose <see cref="RetryOptions.Budget"/> it is. A retry takes tokens, a success gives some
/// back, and while too few are left nothing is retried. The numbers and rules are those of botocore's standard mode
/// (<c>RetryQuotaChecker</c>). All members may be called from any thread.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RetryBudget
{
    readonly Lock _lock = new();
    int _available;

    /// <summary>Makes one, full.</summary>
    /// <param name="capacity">The most tokens there are. Default 500; at least 1.</param>
    /// <param name="cost">What a retry takes. Default 5; 1 to <paramref name="capacity"/>.</param>
    /// <param name="timeoutCost">What a retry after a timeout takes. Default 10; 1 to <paramref name="capacity"/>.</param>
    /// <param name="refund">
    /// What a call gives back that succeeds at once. Default 1; 0 to <paramref name="capacity"/>. One that succeeds after
    /// retries gives back what the last of them took.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RetryBudget(int capacity = 500, int cost = 5, int timeoutCost = 10, int refund = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutCost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeoutCost, capacity);
        ArgumentOutOfRangeException.ThrowIfNegative(refund);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(refund, capacity);
        (Capacity, Cost, TimeoutCost, Refund, _available) = (capacity, cost, timeoutCost, refund, capacity);
    }

    /// <summary>The most tokens there are.</summary>
    public int Capacity { get; }

    /// <summary>What a retry takes.</summary>
    public int Cost { get; }

    /// <summary>What a retry after a timeout takes.</summary>
    public int TimeoutCost { get; }

    /// <summary>What a call gives back that succeeds at once.</summary>
    public int Refund { get; }

    /// <summary>How many tokens there are now.</summary>
    public int Available => Volatile.Read(ref _available);

    /// <summary>The numbers in one line.</summary>
    public override string ToString() => $"{Available} of {Capacity} tokens; a retry takes {Cost}, after a timeout {TimeoutCost}";

    /// <summary>Takes tokens if there are enough.</summary>
    internal bool TryTake(int tokens)
    {
        lock (_lock)
        {
            if (_available < tokens)
            {
                return false;
            }

            _available -= tokens;
            return true;
        }
    }

    /// <summary>Puts tokens back; what does not fit is lost.</summary>
    internal void Return(int tokens)
    {
        // At every success of a healthy endpoint: full, and nothing to lock for.
        if (tokens == 0 || Available == Capacity)
        {
            return;
        }

        lock (_lock)
        {
            _available = Math.Min(Capacity, _available + tokens);
        }
    }
}
