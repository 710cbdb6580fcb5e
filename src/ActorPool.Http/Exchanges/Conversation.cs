using System.Net;
using ActorPool.Http.Options;

namespace ActorPool.Http.Exchanges;

/// <summary>
/// What becomes of a request until there is an answer for its sender: cookies, a login that the server asks for, redirects,
/// and attempts after failures. Around each of them one exchange (<see cref="Sender"/>), on a connection of its own.
/// </summary>
sealed class Conversation
{
    readonly Sender _sender;
    readonly CookieJar? _cookies;
    readonly BasicLogin? _login;
    readonly HttpPoolSettings _settings;
    readonly Retries _retries;

    public Conversation(HttpPools pools, CookieContainer? cookies)
    {
        _sender = pools.Sender;
        _settings = pools.Settings;
        _cookies = cookies is null ? null : new CookieJar(cookies);
        _login = _settings.Credentials is { } credentials ? new BasicLogin(credentials, _settings.PreAuthenticate) : null;
        _retries = new Retries(_settings.Retry, pools.Runtime);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ;)
        {
            _cookies?.AddTo(request);
            _login?.AddTo(request);
            var sent = request.RequestUri!;
            var response = _settings.Retry.IsOff
                ? await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false)
                : await SendRepeatedlyAsync(request, cancellationToken).ConfigureAwait(false);
            _cookies?.Keep(response, sent);
            if (response.StatusCode < HttpStatusCode.MultipleChoices)
            {
                return response;
            }

            if (_login is not null && _login.TryAnswer(request, response))
            {
                response.Dispose();
                continue;
            }

            if (redirects >= _settings.RedirectsMax || Redirects.TargetOf(request, response) is not { } target)
            {
                return response;
            }

            response.Dispose();
            redirects++;
            Redirects.Turn(request, response.StatusCode, target);
        }
    }

    async Task<HttpResponseMessage> SendRepeatedlyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? wait;
            try
            {
                var response = await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
                wait = _retries.WaitAfter(request, response, attempt);
                if (wait is null)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException error)
            {
                wait = _retries.WaitAfter(request, error, attempt);
                if (wait is null)
                {
                    throw;
                }
            }

            await _retries.WaitAsync(wait.Value, cancellationToken).ConfigureAwait(false);
        }
    }
}
