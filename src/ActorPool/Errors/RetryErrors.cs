using ActorPool.Diagnostics;

namespace ActorPool.Errors;

/// <summary>Every message of what retries and fault rules throw.</summary>
static class RetryErrors
{
    /// <summary>The last attempt has failed.</summary>
    public static RetryExhaustedException Exhausted(PoolSnapshot snapshot, int attempts, long elapsedMs, IReadOnlyList<RetryFailure> history)
    {
        var last = history[^1];
        return new(
            $"All {attempts} attempts on pool '{last.PoolName}' failed within {Describe.Seconds(elapsedMs)}; the last: {Last(last)}."
            + $" Look at MaxAttempts and Delay of the RetryOptions, and at the endpoint: {snapshot}.",
            last.PoolName,
            snapshot,
            attempts,
            isBudgetEmpty: false,
            history);
    }

    /// <summary>There were attempts left, but the budget is empty.</summary>
    public static RetryExhaustedException BudgetEmpty(PoolSnapshot snapshot, int attempts, RetryBudget budget, IReadOnlyList<RetryFailure> history)
    {
        var last = history[^1];
        return new(
            $"Attempt {attempts} on pool '{last.PoolName}' failed and is not repeated: too many have failed of late, and the retry"
            + $" budget is empty ({budget}). It failed with {Last(last)}. Look at Budget of the RetryOptions, and at the endpoint: {snapshot}.",
            last.PoolName,
            snapshot,
            attempts,
            isBudgetEmpty: true,
            history);
    }

    /// <summary>A rule over nothing.</summary>
    public static ArgumentException NoTypes(string parameter) => new("A rule needs at least one type of exception.", parameter);

    /// <summary>Types that no error is of.</summary>
    public static ArgumentException NoExceptions(IEnumerable<Type?> wrong, string parameter) => new(
        $"No exceptions: {Names(wrong)}. A rule is made of types that are derived from Exception.", parameter);

    /// <summary>Types by their full names.</summary>
    public static string Names(IEnumerable<Type?> types) => string.Join(", ", types.Select(type => type?.FullName ?? "null"));

    static string Last(RetryFailure last) =>
        Describe.Error(last.Error) + (last.ConnectionId is { } id ? $" (connection {id})" : "");
}
