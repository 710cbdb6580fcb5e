using System.Net;

namespace ActorPool.Http;

/// <summary>
/// When and how requests are tried again: those that may be sent twice, whose answer is one of <see cref="StatusCodes"/> or
/// that ended without an answer. A connection that was closed between two requests is none of this: it is replaced without
/// being asked.
/// </summary>
/// <remarks>
/// Sent twice may be what is idempotent (RFC 9110, section 9.2.2: GET, HEAD, OPTIONS, TRACE, PUT, DELETE) and has no body, or
/// one that is kept in memory. A request that got no connection was not sent: it may be tried again whatever it is. Never
/// tried again are certificates that are refused and what the caller has cancelled.
/// </remarks>
public sealed class HttpRetryOptions
{
    /// <summary>How many attempts there are in all, the first included. Default 1: nothing is tried again. At most 100.</summary>
    public int MaxAttempts { get; set; } = 1;

    /// <summary>The bound of the first wait; it doubles from attempt to attempt, and each wait is a random part of it (full jitter). Default 100 ms; 0 to 1 day.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The bound of every wait. Default 10 s; <see cref="Delay"/> to 1 day.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether to wait for as long as <c>Retry-After</c> says, in seconds or by date, in place of the wait above. Default true.
    /// </summary>
    public bool HonorRetryAfter { get; set; } = true;

    /// <summary>A <c>Retry-After</c> that asks for more is not waited for: its answer is returned. Default 1 min; 0 to 1 day.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The answers after which a request is tried again. Default 408, 429, 500, 502, 503 and 504.</summary>
    public ISet<HttpStatusCode> StatusCodes { get; } = new HashSet<HttpStatusCode>
    {
        HttpStatusCode.RequestTimeout,
        HttpStatusCode.TooManyRequests,
        HttpStatusCode.InternalServerError,
        HttpStatusCode.BadGateway,
        HttpStatusCode.ServiceUnavailable,
        HttpStatusCode.GatewayTimeout,
    };
}
