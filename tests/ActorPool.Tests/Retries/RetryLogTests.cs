using ActorPool.TestKit;
using ActorPool.Tests.Net;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Retries;

/// <summary>One line for each attempt that failed.</summary>
public sealed class RetryLogTests : IDisposable
{
    readonly ListLogger _logger = new();
    readonly VirtualRuntime _world;

    public RetryLogTests() => _world = new VirtualRuntime(1, _logger);

    public void Dispose() => _logger.Dispose();

    [Fact]
    public void Each_failed_attempt_is_a_line_and_the_last_says_that_no_other_follows()
    {
        Use(new RetryOptions(), _ => new IOException("no"));

        Assert.Equal(
            [
                (LogLevel.Information, 500, "Pool 'orders': attempt 1 of 3 failed on connection 1; the next is in 0.100 s."),
                (LogLevel.Information, 500, "Pool 'orders': attempt 2 of 3 failed on connection 2; the next is in 0.100 s."),
                (LogLevel.Error, 501, "Pool 'orders': attempt 3 of 3 failed on connection 3, and no attempt is left."),
            ],
            Lines());
    }

    [Fact]
    public void The_levels_are_the_options()
    {
        Use(new RetryOptions { RetryLogLevel = LogLevel.Debug, ExhaustedLogLevel = LogLevel.Critical }, _ => new IOException("no"));

        Assert.Equal([LogLevel.Debug, LogLevel.Debug, LogLevel.Critical], Lines().Select(line => line.Level));
    }

    [Fact]
    public void A_late_success_and_an_error_that_is_not_retried_are_lines_too()
    {
        Use(new RetryOptions { MaxAttempts = RetryOptions.Unlimited }, attempt => attempt == 1 ? new IOException("no") : null);
        Use(new RetryOptions { RetryOnTypes = { typeof(IOException) } }, _ => new FormatException("no"));

        Assert.Equal(
            [
                (LogLevel.Information, 500, "Pool 'orders': attempt 1 of unlimited failed on connection 1; the next is in 0.100 s."),
                (LogLevel.Information, 503, "Pool 'orders': attempt 2 succeeded on connection 2, 0.100 s after the first began."),
                (LogLevel.Information, 502, "Pool 'orders': attempt 1 of 3 failed on connection 1 with an error that is not retried."),
            ],
            Lines());
    }

    [Fact]
    public void An_empty_budget_and_a_callback_that_throws_are_lines_too()
    {
        var budget = new RetryBudget(capacity: 1, cost: 1, timeoutCost: 1);
        Assert.True(budget.TryTake(1));

        Use(
            new RetryOptions { Budget = budget, OnFailure = _ => throw new InvalidOperationException() },
            _ => new IOException("no"));

        Assert.Equal(
            [
                (LogLevel.Error, 501, "Pool 'orders': attempt 1 of 3 failed on connection 1, and the retry budget is empty."),
                (LogLevel.Warning, 504, "Pool 'orders': RetryOptions.OnFailure threw; what it throws is ignored."),
            ],
            Lines());
    }

    [Fact]
    public void A_call_that_succeeds_at_once_is_worth_no_line()
    {
        Use(new RetryOptions(), _ => null);

        Assert.Empty(Lines());
    }

    void Use(RetryOptions options, Func<int, Exception?> script)
    {
        (options.Backoff, options.IsIdempotent) = (RetryBackoff.Fixed, true);
        var pool = ConnectionPool.Create(ScriptedConnection.Connector(), new PoolOptions { Name = "orders" }, _world.Runtime);
        var calls = 0;
        var use = pool.UseAsync(
            (_, _) => script(++calls) is { } error ? ValueTask.FromException<int>(error) : ValueTask.FromResult(1),
            options).AsTask();
        _world.Advance(TimeSpan.FromSeconds(1));
        Assert.True(use.IsCompleted);
        _ = use.Exception;
    }

    List<(LogLevel Level, int Id, string Message)> Lines() =>
        [.. _logger.Entries.Where(entry => entry.Id.Id is >= 500 and < 600).Select(entry => (entry.Level, entry.Id.Id, entry.Message))];
}
