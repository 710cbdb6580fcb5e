using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ActorPool.Data.Connecting;

/// <summary>What an error says of its connection, by SQL state (SQL:2023 part 2, PostgreSQL appendix A) and by its causes.</summary>
static class DbFaults
{
    const string InvalidCatalog = "3D000";

    /// <summary>Whether an error condemns its connection: the server ended it, or the way to the server broke.</summary>
    public static bool IsFault(Exception error) => EndsSession(error) || FaultRules.AnyOf<SocketException, IOException>()(error);

    /// <summary>What kind of failure kept a connection from opening.</summary>
    /// <param name="error">What the open threw.</param>
    /// <param name="tellsTransients">Whether the provider sets <see cref="DbException.IsTransient"/> for whatever may pass.</param>
    public static OpenFailureKind Classify(Exception error, bool tellsTransients)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case DbException { SqlState: { Length: 5 } state }:
                    return state.StartsWith("28", StringComparison.Ordinal) ? OpenFailureKind.Credentials
                        : state == InvalidCatalog ? OpenFailureKind.Configuration
                        : OpenFailureKind.Transient;
                case AuthenticationException:
                    return OpenFailureKind.Certificate;
                case FileNotFoundException or DirectoryNotFoundException or CryptographicException
                    or UnauthorizedAccessException or ArgumentException or NotSupportedException or FormatException:
                    return OpenFailureKind.Configuration;
                case SocketException or IOException or TimeoutException:
                    return OpenFailureKind.Transient;
            }
        }

        return tellsTransients && error is DbException { IsTransient: false, InnerException: null }
            ? OpenFailureKind.Configuration
            : OpenFailureKind.Transient;
    }

    /// <summary>Whether the server said that it ends this session: connection exceptions, shutdowns, idle sessions.</summary>
    public static bool EndsSession(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { SqlState: { Length: 5 } state }
                && (state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P0", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
