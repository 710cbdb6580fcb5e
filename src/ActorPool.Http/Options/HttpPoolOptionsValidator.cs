namespace ActorPool.Http.Options;

/// <summary>Checks options: every rule in one place, every problem in one error, nothing corrected.</summary>
static class HttpPoolOptionsValidator
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">Lists all problems, each by the name of its option.</exception>
    public static void Validate(HttpPoolOptions options)
    {
        var problems = FindProblems(options);
        if (problems.Count > 0)
        {
            throw new ArgumentException($"HttpPoolOptions: {string.Join("; ", problems)}.", nameof(options));
        }
    }

    /// <summary>Every problem in words; empty if there is none.</summary>
    public static List<string> FindProblems(HttpPoolOptions options)
    {
        (string Name, object? Value)[] needed =
        [
            (nameof(options.Pool), options.Pool),
            (nameof(options.Tcp), options.Tcp),
            (nameof(options.Tls), options.Tls),
            (nameof(options.Retry), options.Retry),
        ];
        var missing = needed.Where(option => option.Value is null).Select(option => $"{option.Name} is null").ToList();
        return missing.Count > 0
            ? missing
            : [.. OwnProblems(options), .. TcpProblems(options.Tcp), .. RetryProblems(options.Retry)];
    }

    static IEnumerable<string> OwnProblems(HttpPoolOptions options)
    {
        if (options.Pool.MaxLeasesPerConnection != 1)
        {
            yield return $"Pool.MaxLeasesPerConnection is {options.Pool.MaxLeasesPerConnection}, must be 1: HTTP/1.1 takes one request at a time, and for HTTP/2 there is MaxHttp2Streams";
        }

        if (options.Pool.Endpoint is not null)
        {
            yield return "Pool.Endpoint is set, must be null: every origin has its own";
        }

        if (options.Tls.ApplicationProtocols is not null)
        {
            yield return "Tls.ApplicationProtocols is set, must be null: what is offered follows from the version of the request";
        }

        if (options.MaxHttp2Streams is < 1 or > 10_000)
        {
            yield return $"MaxHttp2Streams is {options.MaxHttp2Streams}, must be 1 to 10000";
        }

        if (options.MaxAutomaticRedirections < 1)
        {
            yield return $"MaxAutomaticRedirections is {options.MaxAutomaticRedirections}, must be at least 1";
        }

        if (options.Proxy is not null && !options.UseProxy)
        {
            yield return "Proxy is set although UseProxy is false";
        }

        if (options.CookieContainer is not null && !options.UseCookies)
        {
            yield return "CookieContainer is set although UseCookies is false";
        }

        if (options.Expect100ContinueTimeout != Timeout.InfiniteTimeSpan && IsNotWithin(options.Expect100ContinueTimeout, TimeSpan.Zero))
        {
            yield return $"Expect100ContinueTimeout is {options.Expect100ContinueTimeout}, must be 0 to 1 day, or infinite";
        }
    }

    static IEnumerable<string> TcpProblems(TcpConnectorOptions tcp)
    {
        (string Name, object? Value)[] ours =
        [
            (nameof(tcp.Tls), tcp.Tls),
            (nameof(tcp.Handshake), tcp.Handshake),
            (nameof(tcp.StartTls), tcp.StartTls),
            (nameof(tcp.Probe), tcp.Probe),
            (nameof(tcp.IsHarmless), tcp.IsHarmless),
        ];
        return ours.Where(option => option.Value is not null).Select(option => option.Name == nameof(tcp.Tls)
            ? "Tcp.Tls is set, must be null: use Tls"
            : $"Tcp.{option.Name} is set, must be null: this is HTTP's");
    }

    static IEnumerable<string> RetryProblems(HttpRetryOptions retry)
    {
        if (retry.MaxAttempts is < 1 or > 100)
        {
            yield return $"Retry.MaxAttempts is {retry.MaxAttempts}, must be 1 to 100";
        }

        if (IsNotWithin(retry.Delay, TimeSpan.Zero))
        {
            yield return $"Retry.Delay is {retry.Delay}, must be 0 to 1 day";
        }

        if (IsNotWithin(retry.MaxDelay, retry.Delay))
        {
            yield return $"Retry.MaxDelay is {retry.MaxDelay}, must be Retry.Delay ({retry.Delay}) to 1 day";
        }

        if (IsNotWithin(retry.MaxRetryAfter, TimeSpan.Zero))
        {
            yield return $"Retry.MaxRetryAfter is {retry.MaxRetryAfter}, must be 0 to 1 day";
        }
    }

    static bool IsNotWithin(TimeSpan value, TimeSpan least) => value < least || value > Day;
}
