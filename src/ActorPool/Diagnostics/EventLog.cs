using ActorPool.Actors;
using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>The subscriber that writes events to the log.</summary>
sealed class EventLog(ILogger logger)
{
    const string Unnamed = "unnamed";

    public void Write(object happened)
    {
        switch (happened)
        {
            case ConnectionOpened opened:
                PoolLog.ConnectionOpened(logger, opened.PoolName, opened.ConnectionId);
                break;
            case OpenFailed failed:
                PoolLog.OpenFailed(
                    logger, failed.Error, failed.PoolName, failed.ConnectionId, failed.Health, Describe.Seconds(failed.NextAttemptInMs));
                break;
            case ConnectionEndedEarly ended:
                PoolLog.ConnectionEndedEarly(
                    logger, ended.Error, ended.PoolName, ended.ConnectionId, Describe.Seconds(ended.AgeMs), ended.Health, Describe.Seconds(ended.NextAttemptInMs));
                break;
            case ConnectionClosed closed:
                Closed(closed);
                break;
            case CloseFailed failed:
                PoolLog.CloseFailed(logger, failed.Error, failed.PoolName, failed.ConnectionId);
                break;
            case EndpointRecovered recovered:
                PoolLog.EndpointRecovered(logger, recovered.PoolName);
                break;
            case PoolDraining draining:
                PoolLog.PoolDraining(logger, draining.PoolName, draining.Leased, draining.Waiting);
                break;
            case PoolClosed closed:
                PoolLog.PoolClosed(logger, closed.PoolName);
                break;
            case TransientOpened opened:
                PoolLog.TransientOpened(logger, opened.PoolName, opened.ConnectionId, opened.MaxSize);
                break;
            case CredentialsChanged changed:
                PoolLog.CredentialsChanged(logger, changed.PoolName);
                break;
            case PoolPaused paused:
                PoolLog.PoolPaused(logger, paused.PoolName);
                break;
            case PoolResumed resumed:
                PoolLog.PoolResumed(logger, resumed.PoolName);
                break;
            case PoolReconfigured reconfigured:
                PoolLog.PoolReconfigured(logger, reconfigured.PoolName, reconfigured.Generation);
                break;
            case BudgetFailed failed:
                PoolLog.BudgetFailed(logger, failed.Error, failed.PoolName);
                break;
            case LeaseSuspected suspected:
                PoolLog.LeaseSuspected(
                    logger, suspected.PoolName, suspected.ConnectionId, suspected.Holder ?? Unnamed, Describe.Seconds(suspected.HeldMs), At(suspected.Stack));
                break;
            case LeaseReturnedLate returned:
                PoolLog.LeaseReturnedLate(
                    logger, returned.PoolName, returned.ConnectionId, returned.Holder ?? Unnamed, Describe.Seconds(returned.HeldMs));
                break;
            case LeaseRevoked revoked:
                PoolLog.LeaseRevoked(
                    logger,
                    revoked.PoolName,
                    revoked.ConnectionId,
                    revoked.Holder ?? Unnamed,
                    Describe.Seconds(revoked.HeldMs),
                    revoked.Reason,
                    At(revoked.Stack));
                break;
            case AttemptFailed failed:
                RetryLog.Failed(logger, failed);
                break;
            case AttemptSucceeded succeeded:
                RetryLog.Succeeded(logger, succeeded);
                break;
            case FailureCallbackFailed failed:
                RetryLog.CallbackFailed(logger, failed.Error, failed.PoolName);
                break;
            case BudgetMemberFailed failed:
                BudgetLog.MemberFailed(logger, failed.Error, failed.PoolName);
                break;
            case ActorFailed failed:
                PoolLog.ActorFailed(logger, failed.Error, failed.Actor);
                break;
            case DeadLetter letter:
                PoolLog.DeadLetter(logger, letter.Receiver, letter.Message);
                break;
            default:
                RoutingLog.Write(logger, happened);
                break;
        }
    }

    /// <summary>Connections that were let go in good order are worth a debug line; those that were lost tell how it came.</summary>
    void Closed(ConnectionClosed closed)
    {
        var age = Describe.Seconds(closed.Age);
        if (!IsLoss(closed.Reason))
        {
            PoolLog.ConnectionClosed(logger, closed.PoolName, closed.ConnectionId, closed.Reason, age, closed.UseCount);
        }
        else if (logger.IsEnabled(LogLevel.Information))
        {
            var history = string.Join("; ", closed.History);
            PoolLog.ConnectionLost(
                logger, closed.LastError, closed.PoolName, closed.ConnectionId, closed.Reason, age, closed.UseCount, history);
        }
    }

    static bool IsLoss(CloseReason reason) => reason
        is CloseReason.Fault or CloseReason.Condemned or CloseReason.NotReusable or CloseReason.NotReturned
        or CloseReason.ProbeFailed or CloseReason.ResetFailed or CloseReason.OpenedTooLate or CloseReason.ActorFailed
        or CloseReason.LeaseTimeout or CloseReason.LeaseLost or CloseReason.HolderEnded;

    static string At(string? stack) => stack is null ? "" : $" It was acquired here:\n{stack}";
}
