using System.Net;

namespace ActorPool.Http.Options;

/// <summary>The retry options as they were when the pools were made.</summary>
sealed class RetrySettings(HttpRetryOptions options)
{
    readonly HashSet<HttpStatusCode> _statusCodes = [.. options.StatusCodes];

    public int MaxAttempts { get; } = options.MaxAttempts;

    public TimeSpan Delay { get; } = options.Delay;

    public TimeSpan MaxDelay { get; } = options.MaxDelay;

    public bool HonorRetryAfter { get; } = options.HonorRetryAfter;

    public TimeSpan MaxRetryAfter { get; } = options.MaxRetryAfter;

    public bool IsOff => MaxAttempts == 1;

    public bool Covers(HttpStatusCode status) => _statusCodes.Contains(status);
}
