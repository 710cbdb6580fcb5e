using ActorPool.Http.Options;

namespace ActorPool.Http.Exchanges;

/// <summary>Whether and when a request is tried again.</summary>
sealed class Retries(RetrySettings settings, PoolRuntime runtime)
{
    /// <summary>How long to wait before the next attempt; null: there is none, the answer counts.</summary>
    public TimeSpan? WaitAfter(HttpRequestMessage request, HttpResponseMessage response, int attempt)
    {
        if (attempt >= settings.MaxAttempts || !settings.Covers(response.StatusCode)
            || !Requests.IsIdempotent(request.Method) || !Requests.CanBeSentAgain(request))
        {
            return null;
        }

        return settings.HonorRetryAfter && AskedFor(response) is { } asked
            ? asked > settings.MaxRetryAfter ? null : asked
            : Backoff(attempt);
    }

    /// <summary>The same after an error.</summary>
    public TimeSpan? WaitAfter(HttpRequestMessage request, HttpRequestException error, int attempt)
    {
        if (attempt >= settings.MaxAttempts
            || error.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError
                or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse
            || error.InnerException is ConnectFailedException
            || !Requests.CanBeSentAgain(request))
        {
            return null;
        }

        // what got no connection was not sent
        return error.InnerException is PoolException || Requests.IsIdempotent(request.Method) ? Backoff(attempt) : null;
    }

    public Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, runtime.TimeProvider, cancellationToken) : Task.CompletedTask;

    TimeSpan? AskedFor(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header)
        {
            return null;
        }

        var asked = header.Delta ?? header.Date - runtime.TimeProvider.GetUtcNow();
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    /// <summary>Exponential with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015).</summary>
    TimeSpan Backoff(int attempt)
    {
        var bound = Math.Min(settings.MaxDelay.TotalMilliseconds, settings.Delay.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(runtime.Random.NextDouble() * bound);
    }
}
