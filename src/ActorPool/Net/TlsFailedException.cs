using System.Security.Authentication;

namespace ActorPool.Net;

/// <summary>TLS could not be set up, or its handshake failed; to users an <see cref="AuthenticationException"/>.</summary>
sealed class TlsFailedException(string message, OpenFailureKind kind, Exception? innerException = null)
    : AuthenticationException(message, innerException)
{
    public OpenFailureKind Kind { get; } = kind;
}
