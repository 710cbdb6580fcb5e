using System.Net;

namespace ActorPool.Http.Options;

/// <summary>The options as they were when the pools were made.</summary>
sealed class HttpPoolSettings
{
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public static HttpPoolSettings From(HttpPoolOptions options)
    {
        HttpPoolOptionsValidator.Validate(options);
        return new HttpPoolSettings
        {
            Proxy = options.UseProxy ? options.Proxy ?? HttpClient.DefaultProxy : null,
            Credentials = options.Credentials,
            PreAuthenticate = options.PreAuthenticate,
            RedirectsMax = options.AllowAutoRedirect ? options.MaxAutomaticRedirections : 0,
            UseCookies = options.UseCookies,
            CookieContainer = options.CookieContainer,
            Connection = new ConnectionSettings(options),
            Retry = new RetrySettings(options.Retry),
        };
    }

    /// <summary>Null: none is asked.</summary>
    public required IWebProxy? Proxy { get; init; }

    public required ICredentials? Credentials { get; init; }

    public required bool PreAuthenticate { get; init; }

    /// <summary>0: redirects are not followed.</summary>
    public required int RedirectsMax { get; init; }

    public required bool UseCookies { get; init; }

    public required CookieContainer? CookieContainer { get; init; }

    public required ConnectionSettings Connection { get; init; }

    public required RetrySettings Retry { get; init; }
}
