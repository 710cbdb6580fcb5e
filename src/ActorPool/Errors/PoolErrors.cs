using ActorPool.Diagnostics;
using ActorPool.Endpoints;

namespace ActorPool.Errors;

/// <summary>
/// Every message that a pool's errors carry: what happened, for how long, the numbers, which option to look at. Runs on
/// the caller's thread, since putting errors and holders into words runs users' code.
/// </summary>
static class PoolErrors
{
    /// <summary>The error that a wait ended with.</summary>
    public static Exception Create(WaitFailure failure, CancellationToken cancellationToken) => failure.Reason switch
    {
        PoolFailureReason.AcquireTimeout => AcquireTimeout(failure),
        PoolFailureReason.Unavailable => Unavailable(failure),
        PoolFailureReason.ConnectFailed => ConnectFailed(failure),
        PoolFailureReason.Closed => Closed(failure),
        PoolFailureReason.Cancelled => Cancelled(failure, cancellationToken),
        PoolFailureReason.HolderEnded => HolderEnded(failure),
        PoolFailureReason.LeaseRevoked => failure.LastOpenError!,
        PoolFailureReason.QueueFull or PoolFailureReason.Shed or PoolFailureReason.Exhausted or PoolFailureReason.Paused => Exhausted(failure),
        _ => SupervisorFailed(failure),
    };

    /// <summary>An open that took too long.</summary>
    public static ConnectTimeoutException ConnectTimeout(string poolName, long connectionId, long timeoutMs) => new(
        $"Connection {connectionId} of pool '{poolName}' was not open within {Describe.Seconds(timeoutMs)} (ConnectTimeout). "
        + "The limit covers name, socket, TLS and login together.",
        poolName,
        snapshot: null);

    /// <summary>A time limit that is neither a time nor infinite.</summary>
    public static ArgumentOutOfRangeException Timeout(TimeSpan timeout) => new(
        nameof(timeout), timeout, "The timeout must be zero, positive, or Timeout.InfiniteTimeSpan.");

    /// <summary>A reconfiguration that asks for what cannot be changed.</summary>
    public static ArgumentException Fixed(string poolName, string option) => new(
        $"Pool '{poolName}' cannot be reconfigured: its {option} cannot be changed while it runs.", option);

    static AcquireTimeoutException AcquireTimeout(WaitFailure failure)
    {
        var ledger = Ledgers.Create(failure);
        return new AcquireTimeoutException(
            $"No connection became free within {Describe.Seconds(failure.WaitedMs)}: {failure.Snapshot}."
            + Ledgers.Describe(ledger)
            + LastOpen(failure)
            + " Look at MaxSize and AcquireTimeout, and at who keeps leases.",
            failure.Snapshot.Name,
            failure.Snapshot,
            ledger,
            failure.LastOpenError);
    }

    static PoolExhaustedException Exhausted(WaitFailure failure) => new(
        (failure.Reason switch
        {
            PoolFailureReason.QueueFull => "As many acquires wait as may (MaxWaiters)",
            PoolFailureReason.Shed => $"Shed after a wait of {Describe.Seconds(failure.WaitedMs)}: the pool has been overloaded for a while (QueueTarget, QueueInterval)",
            PoolFailureReason.Paused => "The pool is paused, and acquires do not wait (WhenExhausted)",
            _ => "Every connection is leased, and acquires do not wait (WhenExhausted)",
        })
        + $": {failure.Snapshot}."
        + Ledgers.Describe(Ledgers.Create(failure))
        + LastOpen(failure)
        + " Look at MaxSize, and at who keeps leases.",
        failure.Snapshot.Name,
        failure.Reason,
        failure.Snapshot,
        failure.LastOpenError);

    static OperationCanceledException HolderEnded(WaitFailure failure) => new(
        $"The scope that a connection of pool '{failure.Snapshot.Name}' was wanted for has ended"
        + (failure.WaitedMs > 0 ? $", after a wait of {Describe.Seconds(failure.WaitedMs)}." : "."));

    static EndpointUnavailableException Unavailable(WaitFailure failure) => new(
        $"The endpoint of pool '{failure.Snapshot.Name}' is unavailable: {failure.Snapshot.FailuresInARow} opens in a row have failed."
        + LastOpen(failure)
        + $" The next attempt is in {Describe.Seconds(failure.Snapshot.NextAttemptIn ?? TimeSpan.Zero)}; {failure.Snapshot}."
        + " Acquires fail at once until an open succeeds (UnavailableAfter).",
        failure.Snapshot.Name,
        failure.Snapshot,
        failure.LastOpenError);

    static ConnectFailedException ConnectFailed(WaitFailure failure) => new(
        $"Pool '{failure.Snapshot.Name}' cannot open connections, and waiting does not cure it ({failure.LastOpenKind})."
        + LastOpen(failure)
        + $" The next attempt is in {Describe.Seconds(failure.Snapshot.NextAttemptIn ?? TimeSpan.Zero)}.",
        failure.Snapshot.Name,
        failure.Snapshot,
        failure.LastOpenKind,
        failure.LastOpenError);

    static PoolClosedException Closed(WaitFailure failure) => new(
        $"Pool '{failure.Snapshot.Name}' is closed"
        + (failure.WaitedMs > 0 ? $"; it was closed after a wait of {Describe.Seconds(failure.WaitedMs)}." : "."),
        failure.Snapshot.Name,
        failure.Snapshot);

    static OperationCanceledException Cancelled(WaitFailure failure, CancellationToken cancellationToken) => new(
        $"The wait for a connection of pool '{failure.Snapshot.Name}' was cancelled after {Describe.Seconds(failure.WaitedMs)}.",
        cancellationToken);

    static PoolException SupervisorFailed(WaitFailure failure) => new(
        $"The supervisor of pool '{failure.Snapshot.Name}' failed and was restarted; its connections are replaced."
        + " This is a defect in ActorPool: please report it with the inner exception.",
        failure.Snapshot.Name,
        PoolFailureReason.SupervisorFailed,
        failure.Snapshot,
        failure.LastOpenError);

    static string LastOpen(WaitFailure failure) =>
        failure.LastOpenError is { } error ? $" The last open failed: {Describe.Error(error)}." : "";
}
