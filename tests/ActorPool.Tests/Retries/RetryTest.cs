using ActorPool.TestKit;

namespace ActorPool.Tests.Retries;

/// <summary>What tests of calls with retries share: an operation that fails as told and keeps book of its attempts.</summary>
public abstract class RetryTest : VirtualPoolTest
{
    protected static readonly IOException Broken = new("broken pipe");

    /// <summary>Each time that the operation ran: when, and on which connection.</summary>
    protected List<(double AtMs, long ConnectionId)> Calls { get; } = [];

    protected List<RetryFailure> Failures { get; } = [];

    /// <summary>Retries without chance, of operations that may be done twice.</summary>
    protected RetryOptions Options(int maxAttempts = 3, double delayMs = 100) => new()
    {
        MaxAttempts = maxAttempts,
        Backoff = RetryBackoff.Fixed,
        Delay = Ms(delayMs),
        IsIdempotent = true,
        OnFailure = Failures.Add,
    };

    /// <summary>Calls an operation whose n-th attempt throws what the script says for n, or returns n.</summary>
    protected Task<int> Use(
        IConnectionPool<ScriptedConnection> pool, RetryOptions? options, Func<int, Exception?> script, CancellationToken cancellationToken = default)
    {
        var calls = 0;
        ValueTask<int> Operation(ScriptedConnection connection, CancellationToken token)
        {
            Calls.Add((World.Time.Elapsed.TotalMilliseconds, connection.Id));
            return script(++calls) is { } error ? ValueTask.FromException<int>(error) : ValueTask.FromResult(calls);
        }

        var use = options is null ? pool.UseAsync(Operation, cancellationToken) : pool.UseAsync(Operation, options, cancellationToken);
        var task = use.AsTask();
        World.Run();
        return task;
    }

    /// <summary>An operation that fails in every attempt.</summary>
    protected Task<int> Fail(IConnectionPool<ScriptedConnection> pool, RetryOptions? options, Exception error) =>
        Use(pool, options, _ => error);
}
