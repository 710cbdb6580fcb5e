using Polly;
using Polly.Retry;

namespace ActorPool.Retries;

/// <summary>
/// One set of retry options as one pool carries it out: a Polly pipeline, built once. Polly loops; what is retried and after
/// which wait each call decides, and waits itself (<see cref="RetryCall"/>).
/// </summary>
sealed class RetryPolicy(RetrySettings settings, TimeProvider timeProvider)
{
    static readonly ResiliencePropertyKey<RetryCall> CallKey = new("ActorPool.RetryCall");

    readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
        .AddRetry(new RetryStrategyOptions
        {
            // The first does not count. A call that may not be retried says so itself: Polly knows no zero.
            MaxRetryAttempts = settings.MaxAttempts == RetryOptions.Unlimited ? int.MaxValue : Math.Max(1, settings.MaxAttempts - 1),
            ShouldHandle = static args =>
                new(args.Outcome.Exception is { } error && CallOf(args.Context).ShouldRetry(error)),
            // Between the decision and Polly's own wait, before which it looks at the token.
            OnRetry = static args => CallOf(args.Context).WaitAsync(),
            DelayGenerator = static _ => new(TimeSpan.Zero),
        })
        .Build();

    public RetrySettings Settings { get; } = settings;

    /// <summary>Attempts until the call says that it is over.</summary>
    public async ValueTask<TResult> RunAsync<TConnection, TState, TResult>(
        IRetryHost<TConnection> host,
        Func<TConnection, TState, CancellationToken, ValueTask<TResult>> operation,
        TState state,
        CancellationToken cancellationToken)
        where TConnection : class
    {
        var call = new RetryCall<TConnection, TState, TResult>(host, Settings, operation, state, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(CallKey, call);
            var outcome = await _pipeline
                .ExecuteOutcomeAsync(static (_, call) => call.AttemptAsync(), context, call)
                .ConfigureAwait(false);
            if (outcome.Exception is { } error)
            {
                call.ThrowIfExhausted(error);
                outcome.ThrowIfException();
            }

            call.Succeeded();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    static RetryCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);
}
