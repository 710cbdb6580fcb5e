using System.Net.Sockets;
using System.Security.Authentication;

namespace ActorPool.Retries;

/// <summary>What errors mean for a retry, whatever the options say.</summary>
static class RetryRules
{
    /// <summary>The endpoint could not be reached. Nothing was sent: trying again is always safe.</summary>
    public static bool IsConnectFailure(Exception error) => error switch
    {
        EndpointUnavailableException or ConnectTimeoutException => true,
        ConnectFailedException failed => failed.Kind == OpenFailureKind.Transient,

        // Only if opens failed meanwhile: more of the same waiting does not help against an exhausted pool.
        AcquireTimeoutException timeout => timeout.InnerException is not null,
        _ => false,
    };

    /// <summary>Waiting does not cure it: a closed pool, a certificate, credentials, a configuration.</summary>
    public static bool IsHopeless(Exception error) => FaultRules.Any(error, static candidate =>
        candidate is PoolClosedException or AuthenticationException
        || (candidate is ConnectFailedException failed && failed.Kind != OpenFailureKind.Transient));

    /// <summary>Something took too long.</summary>
    public static bool IsTimeout(Exception error) => FaultRules.Any(error, static candidate =>
        candidate is TimeoutException or ConnectTimeoutException or AcquireTimeoutException
            or SocketException { SocketErrorCode: SocketError.TimedOut });

    /// <summary>The connection was lost, and not merely slow.</summary>
    public static bool IsLostConnection(Exception error) =>
        !IsTimeout(error) && FaultRules.Any(error, static candidate => candidate is SocketException or IOException);
}
