using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.Http.Connections;

namespace ActorPool.Http.Exchanges;

/// <summary>Errors as users of HttpClient expect them: an <see cref="HttpRequestException"/> that says what kind it is, with the pool's error inside.</summary>
static class HttpErrors
{
    /// <summary>No connection was to be had.</summary>
    public static Exception NoConnection(PoolException error, HttpRequestMessage request) => error is PoolClosedException
        ? new ObjectDisposedException($"{RequestTag.Text(request.Method, request.RequestUri!)} was not sent: {error.Message}", error)
        : new HttpRequestException(KindOf(error), $"{RequestTag.Text(request.Method, request.RequestUri!)} was not sent: {error.Message}", error);

    /// <summary>The connection was lost before an answer came, and the request may have been carried out.</summary>
    public static HttpRequestException NotSentAgain(HttpRequestMessage request, Exception error) => new(
        HttpRequestError.ResponseEnded,
        $"{RequestTag.Text(request.Method, request.RequestUri!)}: the connection was closed before an answer came. It is not sent again, since {request.Method.Method} may not be carried out twice.",
        error);

    /// <summary>Every connection that was tried was gone.</summary>
    public static HttpRequestException AllGone(HttpRequestMessage request, int attempts, Exception error) => new(
        HttpRequestError.ResponseEnded,
        $"{RequestTag.Text(request.Method, request.RequestUri!)}: {attempts} {(attempts == 1 ? "connection was" : "connections in a row were")} closed by the server before an answer came.",
        error);

    public static HttpRequestException Http3() => new(
        HttpRequestError.VersionNegotiationError,
        "HTTP/3 is asked for (HttpRequestMessage.Version and VersionPolicy); pooled connections speak HTTP/1.1 and HTTP/2.");

    public static HttpRequestException NoHttp2(HttpRequestMessage request) => new(
        HttpRequestError.VersionNegotiationError,
        $"{RequestTag.Text(request.Method, request.RequestUri!)} was not sent: HTTP/2 and nothing less is asked for (HttpRequestMessage.VersionPolicy), and the server has only HTTP/1.1.");

    public static NotSupportedException Scheme(Uri target) => new(
        $"The scheme '{target.Scheme}' is not supported; possible are http, https, ws and wss.");

    public static InvalidOperationException NoTarget() => new(
        "The request has no absolute address: set HttpRequestMessage.RequestUri or HttpClient.BaseAddress.");

    static HttpRequestError KindOf(PoolException error)
    {
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case TunnelRefusedException:
                    return HttpRequestError.ProxyTunnelError;
                case AuthenticationException:
                case ConnectFailedException { Kind: OpenFailureKind.Certificate }:
                    return HttpRequestError.SecureConnectionError;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery }:
                    return HttpRequestError.NameResolutionError;
            }
        }

        return HttpRequestError.ConnectionError;
    }
}
