using ActorPool.Actors;
using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>The subscriber that writes events to the log.</summary>
sealed class EventLog(ILogger logger)
{
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
            case LeaseCut cut:
                PoolLog.LeaseCut(
                    logger, cut.PoolName, cut.ConnectionId, Describe.Holder(cut.Holder) ?? "unnamed", Describe.Seconds(cut.SinceMs));
                break;
            case ActorFailed failed:
                PoolLog.ActorFailed(logger, failed.Error, failed.Actor);
                break;
            case DeadLetter letter:
                PoolLog.DeadLetter(logger, letter.Receiver, letter.Message);
                break;
            default:
                break;
        }
    }

    /// <summary>Connections that were let go in good order are worth a debug line; those that were lost tell how it came.</summary>
    void Closed(ConnectionClosed closed)
    {
        var age = Describe.Seconds(closed.AgeMs);
        if (closed.Reason is CloseReason.IdleTimeout or CloseReason.MaxLifetime or CloseReason.PoolClosed)
        {
            PoolLog.ConnectionClosed(logger, closed.PoolName, closed.ConnectionId, closed.Reason, age, closed.UseCount);
        }
        else if (logger.IsEnabled(LogLevel.Information))
        {
            var history = string.Join("; ", Array.ConvertAll(closed.History, transition => transition.Describe(closed.AtMs)));
            PoolLog.ConnectionLost(
                logger, closed.LastError, closed.PoolName, closed.ConnectionId, closed.Reason, age, closed.UseCount, history);
        }
    }
}
