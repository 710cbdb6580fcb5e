using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorPool.Net;

/// <summary>What the connections of this folder say when they fail; each begins with the endpoint and fits one line.</summary>
static class NetErrors
{
    const string GreetingHint = "a server that speaks first has to be heard in TcpConnectorOptions.Handshake";

    public static ObjectDisposedException Closed(string endpoint) =>
        new(nameof(Stream), $"{endpoint}: the connection is closed.");

    /// <summary>What a holder gets whose connection was lost before its first operation; trying again with another one is safe.</summary>
    public static IOException BrokeWhileIdle(string endpoint, Exception? cause) =>
        new($"{Sentence(endpoint, cause)} Nothing was sent or read.", cause);

    public static IOException WatchEnded(string endpoint, Exception? failure, bool ended)
    {
        if (failure is not null)
        {
            return TlsAlert.Find(failure) is { IsAboutCertificate: true } alert
                ? new($"{endpoint}: the other end refused our certificate after the handshake ({alert}).", failure)
                : new($"{endpoint}: the connection failed while nobody used it: {failure.Message.TrimEnd('.')}.", failure);
        }

        return new(ended
            ? $"{endpoint}: the other end closed the connection while nobody used it."
            : $"{endpoint}: the other end sent bytes while nobody used the connection: a late reply, a farewell, or a greeting ({GreetingHint}).");
    }

    public static IOException UnfitAfterOpening(string endpoint, Exception? cause) =>
        new($"{Sentence(endpoint, cause)} So it was unfit for use as soon as it was open.", cause);

    public static IOException UnfitAfterProbe(string endpoint) =>
        new($"{endpoint}: the probe left the connection unfit for use: an operation pending, or bytes unread.");

    /// <summary>The end; an <see cref="EndOfStreamException"/> if there was nothing before it.</summary>
    public static IOException EndOfStream(string endpoint, bool hasAnswered) => hasAnswered
        ? new($"{endpoint}: the other end closed the connection.")
        : new EndOfStreamException($"{endpoint}: the other end closed the connection.");

    public static IOException ReadTimedOut(string endpoint, int milliseconds) => new(
        $"{endpoint}: nothing to read within the ReadTimeout of {milliseconds} ms.",
        new SocketException((int)SocketError.TimedOut));

    public static InvalidOperationException PendingAtReturn(string endpoint, int operations) =>
        new($"{endpoint}: returned with {operations} operation{(operations == 1 ? "" : "s")} still pending on the stream.");

    public static ObjectDisposedException DisposedByHolder(string endpoint) =>
        new(nameof(Stream), $"{endpoint}: the holder disposed the stream instead of the lease (readers and writers around it take leaveOpen: true).");

    public static SocketException NameNotResolved(string host, SocketException cause) =>
        new((int)cause.SocketErrorCode, $"Could not resolve {host}: {TextOf(cause)}.");

    public static SocketException NoAddress(string endpoint, AddressFamily family) => new(
        (int)SocketError.HostNotFound,
        $"{endpoint}: the name has no {(family == AddressFamily.Unspecified ? "" : family == AddressFamily.InterNetworkV6 ? "IPv6 " : "IPv4 ")}address.");

    /// <summary>One error that tells every address and what was wrong with it; its code is that of the first to fail.</summary>
    public static SocketException NothingConnected(string endpoint, IReadOnlyList<ConnectAttempt> failures)
    {
        var message = new StringBuilder(endpoint).Append(": could not connect: ");
        for (var i = 0; i < failures.Count; i++)
        {
            message.Append(i == 0 ? "" : "; ").Append(TextOf(failures[i].Candidate.Address)).Append(' ').Append(TextOf(failures[i].Error!));
        }

        var code = (failures[0].Error as SocketException)?.SocketErrorCode ?? SocketError.SocketError;
        return new SocketException((int)code, message.Append('.').ToString());
    }

    public static TlsFailedException TlsNotBegun(string endpoint) => new(
        $"{endpoint}: the server does not go over to TLS, and StartTls.Policy is Required; nothing was sent in the clear after its answer.",
        OpenFailureKind.Configuration);

    public static TlsFailedException BytesBeforeTls(string endpoint, int count) => new(
        $"{endpoint}: {count} byte{(count == 1 ? "" : "s")} came in the clear after the server had agreed on TLS; somebody in between may have sent "
        + "them (CVE-2011-0411), or StartTls.Ask has not read the whole answer.",
        OpenFailureKind.Configuration);

    public static OperationCanceledException GivenUp(string endpoint, string phase, Exception cause, CancellationToken cancellationToken) =>
        new($"{endpoint}: given up {phase}.", cause, cancellationToken);

    /// <summary>An end point as a user would write it.</summary>
    public static string TextOf(EndPoint address) => address switch
    {
        DnsEndPoint { Host: var host, Port: var port } => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}",
        _ => address.ToString()!,
    };

    static string Sentence(string endpoint, Exception? cause) => cause switch
    {
        null => $"{endpoint}: the connection broke.",
        _ when cause.Message.StartsWith(endpoint, StringComparison.Ordinal) => cause.Message,
        _ => $"{endpoint}: {cause.Message}",
    };

    // the plain text of the code: the connect's own message repeats the address
    static string TextOf(Exception error) =>
        error is SocketException socket ? new SocketException((int)socket.SocketErrorCode).Message : error.Message;
}
