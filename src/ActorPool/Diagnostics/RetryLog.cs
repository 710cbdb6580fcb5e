using ActorPool.Retries;
using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>Log messages of calls with retries, one for each attempt that failed: ids 500 to 599. Next free id: 505.</summary>
static partial class RetryLog
{
    /// <summary>A failed attempt, in the words that fit what becomes of it.</summary>
    public static void Failed(ILogger logger, AttemptFailed happened)
    {
        if (!logger.IsEnabled(happened.Level))
        {
            return;
        }

        var failure = happened.Failure;
        var connection = failure.ConnectionId is { } id ? $"on connection {id}" : "without a connection";
        var max = happened.MaxAttempts == RetryOptions.Unlimited ? "unlimited" : $"{happened.MaxAttempts}";
        switch (happened.Verdict)
        {
            case RetryVerdict.Retry:
                var delay = Describe.Seconds(failure.Delay ?? TimeSpan.Zero);
                Retrying(logger, happened.Level, failure.Error, failure.PoolName, failure.Attempt, max, connection, delay);
                break;
            case RetryVerdict.NotRetryable:
                NotRetried(logger, happened.Level, failure.Error, failure.PoolName, failure.Attempt, max, connection);
                break;
            default:
                var reason = happened.Verdict == RetryVerdict.BudgetEmpty ? "the retry budget is empty" : "no attempt is left";
                Exhausted(logger, happened.Level, failure.Error, failure.PoolName, failure.Attempt, max, connection, reason);
                break;
        }
    }

    /// <summary>A success that took more than one attempt.</summary>
    public static void Succeeded(ILogger logger, AttemptSucceeded happened)
    {
        var elapsed = Describe.Seconds(happened.ElapsedMs);
        Succeeded(logger, happened.Level, happened.PoolName, happened.Attempt, happened.ConnectionId, elapsed);
    }

    [LoggerMessage(EventId = 500, Message = "Pool '{PoolName}': attempt {Attempt} of {MaxAttempts} failed {Connection}; the next is in {Delay}.")]
    static partial void Retrying(
        ILogger logger, LogLevel level, Exception error, string poolName, int attempt, string maxAttempts, string connection, string delay);

    [LoggerMessage(EventId = 501, Message = "Pool '{PoolName}': attempt {Attempt} of {MaxAttempts} failed {Connection}, and {Reason}.")]
    static partial void Exhausted(
        ILogger logger, LogLevel level, Exception error, string poolName, int attempt, string maxAttempts, string connection, string reason);

    [LoggerMessage(EventId = 502, Message = "Pool '{PoolName}': attempt {Attempt} of {MaxAttempts} failed {Connection} with an error that is not retried.")]
    static partial void NotRetried(
        ILogger logger, LogLevel level, Exception error, string poolName, int attempt, string maxAttempts, string connection);

    [LoggerMessage(EventId = 503, Message = "Pool '{PoolName}': attempt {Attempt} succeeded on connection {ConnectionId}, {Elapsed} after the first began.")]
    static partial void Succeeded(
        ILogger logger, LogLevel level, string poolName, int attempt, long? connectionId, string elapsed);

    [LoggerMessage(504, LogLevel.Warning, "Pool '{PoolName}': RetryOptions.OnFailure threw; what it throws is ignored.")]
    public static partial void CallbackFailed(ILogger logger, Exception error, string poolName);
}
