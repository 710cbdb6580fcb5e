using ActorPool.Actors;
using ActorPool.Diagnostics;
using ActorPool.Errors;

namespace ActorPool.Retries;

/// <summary>One call with retries, whatever its types: counts, judges and tells.</summary>
abstract class RetryCall(RetrySettings settings, CancellationToken cancellationToken)
{
    const int HistoryMax = 100;

    List<RetryFailure>? _history;
    RetryVerdict _verdict;
    TimeSpan? _delay;
    long _sinceMs;
    int _attempt;
    int _lastCost;

    protected CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The connection of the present attempt; null while it has none.</summary>
    protected long? ConnectionId { get; set; }

    /// <summary>Whether the present attempt's error has condemned its connection.</summary>
    protected bool IsFault { get; set; }

    protected abstract string PoolName { get; }

    protected abstract ActorSystem System { get; }

    /// <summary>After a failed attempt: decides whether there is another, and tells of the failure.</summary>
    public bool ShouldRetry(Exception error)
    {
        _verdict = Judge(error);
        _delay = _verdict == RetryVerdict.Retry
            ? settings.Schedule.After(error, _attempt, _delay ?? TimeSpan.Zero, System.Random)
            : null;
        var failure = new RetryFailure(PoolName, _attempt, ConnectionId, error, _delay);
        _history ??= [];
        if (_history.Count == HistoryMax)
        {
            _history.RemoveAt(0);
        }

        _history.Add(failure);
        Tell(failure);
        return _verdict == RetryVerdict.Retry;
    }

    /// <summary>Waits for the next attempt, once <see cref="ShouldRetry"/> has said that there is one; or for the call to be cancelled.</summary>
    public ValueTask WaitAsync() => _delay is { } delay && delay > TimeSpan.Zero
        ? RetryWait.ForAsync(delay, System.Clock.TimeProvider, System.Dispatcher, CancellationToken)
        : default;

    /// <summary>The last attempt has succeeded.</summary>
    public void Succeeded()
    {
        settings.Tokens?.Return(_attempt == 1 ? settings.Tokens.Refund : _lastCost);
        if (_attempt > 1)
        {
            System.Events.Publish(new AttemptSucceeded(PoolName, _attempt, ConnectionId, System.Clock.NowMs - _sinceMs, settings.RetryLogLevel));
        }
    }

    /// <summary>
    /// The call is over: throws if attempts have run out. Any other error goes on as it is, with the history at hand
    /// (<see cref="RetryFailure.HistoryOf"/>): it is not one to retry, or the wait was cancelled.
    /// </summary>
    public void ThrowIfExhausted(Exception error)
    {
        if (_history is null)
        {
            return;
        }

        var history = _history.AsReadOnly();
        switch (_verdict)
        {
            case RetryVerdict.AttemptsExhausted when settings.MaxAttempts > 1:
                throw RetryErrors.Exhausted(TakeSnapshot(), _attempt, System.Clock.NowMs - _sinceMs, history);
            case RetryVerdict.BudgetEmpty:
                throw RetryErrors.BudgetEmpty(TakeSnapshot(), _attempt, settings.Tokens!, history);
            default:
                if (_attempt > 1 || _verdict == RetryVerdict.Retry)
                {
                    RetryFailure.Attach(error, history);
                }

                break;
        }
    }

    protected void Begin()
    {
        if (_attempt++ == 0)
        {
            _sinceMs = System.Clock.NowMs;
        }

        ConnectionId = null;
        IsFault = false;
    }

    protected abstract PoolSnapshot TakeSnapshot();

    RetryVerdict Judge(Exception error)
    {
        if (CancellationToken.IsCancellationRequested || RetryRules.IsHopeless(error) || !IsRetryable(error))
        {
            return RetryVerdict.NotRetryable;
        }

        if (_attempt >= settings.MaxAttempts && settings.MaxAttempts != RetryOptions.Unlimited)
        {
            return RetryVerdict.AttemptsExhausted;
        }

        if (settings.Tokens is { } budget)
        {
            var cost = RetryRules.IsTimeout(error) ? budget.TimeoutCost : budget.Cost;
            if (!budget.TryTake(cost))
            {
                return RetryVerdict.BudgetEmpty;
            }

            _lastCost = cost;
        }

        return RetryVerdict.Retry;
    }

    bool IsRetryable(Exception error)
    {
        if (ConnectionId is null)
        {
            return RetryRules.IsConnectFailure(error) || SaysRetryOn(error) == true;
        }

        return settings.IsIdempotent && (SaysRetryOn(error) ?? (IsFault && error is not OperationCanceledException));
    }

    /// <summary>What the options' own rule says; null if there is none.</summary>
    bool? SaysRetryOn(Exception error)
    {
        try
        {
            return settings.RetryOn?.Invoke(error);
        }
#pragma warning disable CA1031 // a rule that cannot tell has not asked for a retry
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    void Tell(RetryFailure failure)
    {
        var level = _verdict is RetryVerdict.AttemptsExhausted or RetryVerdict.BudgetEmpty
            ? settings.ExhaustedLogLevel
            : settings.RetryLogLevel;
        System.Events.Publish(new AttemptFailed(failure, settings.MaxAttempts, _verdict, level));
        try
        {
            settings.OnFailure?.Invoke(failure);
        }
#pragma warning disable CA1031 // who listens must not change what happens
        catch (Exception error)
#pragma warning restore CA1031
        {
            System.Events.Publish(new FailureCallbackFailed(PoolName, error));
        }
    }
}
