using System.Net;
using Microsoft.Extensions.Logging;

namespace ActorPool.Net;

/// <summary>Log messages of connectors over sockets: ids 400 to 499. Next free id: 403.</summary>
static partial class NetLog
{
    [LoggerMessage(400, LogLevel.Warning, "{Endpoint}: the server's certificate is not verified (DangerouslySkipVerification); whoever sits in between can read and change everything")]
    public static partial void VerificationSkipped(ILogger logger, string endpoint);

    [LoggerMessage(401, LogLevel.Debug, "{Endpoint}: opened connection {ConnectionId} of pool {PoolName} to {Address} in {ElapsedMilliseconds:0.0} ms")]
    public static partial void Opened(ILogger logger, string endpoint, long connectionId, string poolName, string address, double elapsedMilliseconds);

    [LoggerMessage(402, LogLevel.Debug, "{Endpoint}: could not open connection {ConnectionId} of pool {PoolName} {Phase}")]
    public static partial void OpenFailed(ILogger logger, Exception error, string endpoint, long connectionId, string poolName, string phase);
}
