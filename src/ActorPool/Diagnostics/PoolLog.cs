using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>Every log line of the core. Event ids: runtime 100–199, connections 200–299, pool 300–399. Next free: 102, 209, 310.</summary>
static partial class PoolLog
{
    [LoggerMessage(100, LogLevel.Critical, "{Actor} failed and is restarted. This is a defect in ActorPool.")]
    public static partial void ActorFailed(ILogger logger, Exception error, string actor);

    [LoggerMessage(101, LogLevel.Debug, "{Actor} has stopped and did not take {Message}.")]
    public static partial void DeadLetter(ILogger logger, string actor, string message);

    [LoggerMessage(200, LogLevel.Debug, "Pool '{PoolName}' opened connection {ConnectionId}.")]
    public static partial void ConnectionOpened(ILogger logger, string poolName, long connectionId);

    [LoggerMessage(201, LogLevel.Warning, "Pool '{PoolName}' could not open connection {ConnectionId} and is {Health}; next attempt in {NextAttempt}.")]
    public static partial void OpenFailed(
        ILogger logger, Exception error, string poolName, long connectionId, PoolHealth health, string nextAttempt);

    [LoggerMessage(202, LogLevel.Debug, "Pool '{PoolName}' closed connection {ConnectionId} ({Reason}) after {Age} and {UseCount} uses.")]
    public static partial void ConnectionClosed(
        ILogger logger, string poolName, long connectionId, CloseReason reason, string age, long useCount);

    [LoggerMessage(203, LogLevel.Information, "Pool '{PoolName}' lost connection {ConnectionId} ({Reason}) after {Age} and {UseCount} uses. Its last transitions: {History}.")]
    public static partial void ConnectionLost(
        ILogger logger, Exception? error, string poolName, long connectionId, CloseReason reason, string age, long useCount, string history);

    [LoggerMessage(204, LogLevel.Warning, "Pool '{PoolName}' could not close connection {ConnectionId} properly.")]
    public static partial void CloseFailed(ILogger logger, Exception error, string poolName, long connectionId);

    [LoggerMessage(205, LogLevel.Information, "Pool '{PoolName}' can open connections again.")]
    public static partial void EndpointRecovered(ILogger logger, string poolName);

    [LoggerMessage(300, LogLevel.Information, "Pool '{PoolName}' is closing: {Leased} leases are out, {Waiting} waiters fail.")]
    public static partial void PoolDraining(ILogger logger, string poolName, int leased, int waiting);

    [LoggerMessage(301, LogLevel.Information, "Pool '{PoolName}' is closed.")]
    public static partial void PoolClosed(ILogger logger, string poolName);

    [LoggerMessage(206, LogLevel.Warning, "Pool '{PoolName}' opened connection {ConnectionId} above its maximum size of {MaxSize} (WhenExhausted); it is closed when it is returned.")]
    public static partial void TransientOpened(ILogger logger, string poolName, long connectionId, int maxSize);

    [LoggerMessage(207, LogLevel.Information, "Pool '{PoolName}' has new credentials; connections opened with the old ones are replaced.")]
    public static partial void CredentialsChanged(ILogger logger, string poolName);

    [LoggerMessage(208, LogLevel.Warning, "Pool '{PoolName}' lost connection {ConnectionId} {Age} after it was opened, before it had served anybody, and is {Health}; next attempt in {NextAttempt}.")]
    public static partial void ConnectionEndedEarly(
        ILogger logger, Exception error, string poolName, long connectionId, string age, PoolHealth health, string nextAttempt);

    [LoggerMessage(302, LogLevel.Warning, "Pool '{PoolName}' took connection {ConnectionId} back from its holder ({Holder}) after {Held} ({Reason}); it is closed.{Stack}")]
    public static partial void LeaseRevoked(
        ILogger logger, string poolName, long connectionId, string holder, string held, CloseReason reason, string stack);

    [LoggerMessage(304, LogLevel.Warning, "Pool '{PoolName}': the lease of connection {ConnectionId} ({Holder}) has lasted for {Held}; a leak? (LeakWarningAfter){Stack}")]
    public static partial void LeaseSuspected(
        ILogger logger, string poolName, long connectionId, string holder, string held, string stack);

    [LoggerMessage(305, LogLevel.Information, "Pool '{PoolName}': the lease of connection {ConnectionId} ({Holder}) that looked like a leak was returned after {Held}.")]
    public static partial void LeaseReturnedLate(ILogger logger, string poolName, long connectionId, string holder, string held);

    [LoggerMessage(306, LogLevel.Information, "Pool '{PoolName}' is paused.")]
    public static partial void PoolPaused(ILogger logger, string poolName);

    [LoggerMessage(307, LogLevel.Information, "Pool '{PoolName}' is resumed.")]
    public static partial void PoolResumed(ILogger logger, string poolName);

    [LoggerMessage(308, LogLevel.Information, "Pool '{PoolName}' has new options (generation {Generation}); connections opened under the old ones are replaced.")]
    public static partial void PoolReconfigured(ILogger logger, string poolName, int generation);

    [LoggerMessage(309, LogLevel.Error, "Pool '{PoolName}' has a budget that threw; it goes on with the grants that it has.")]
    public static partial void BudgetFailed(ILogger logger, Exception error, string poolName);
}
