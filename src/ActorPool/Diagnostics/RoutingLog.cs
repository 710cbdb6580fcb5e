using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>Log messages of directories and replica groups: ids 700–799. Next free id: 706.</summary>
static partial class RoutingLog
{
    /// <summary>Writes an event of routing; others are left alone.</summary>
    public static void Write(ILogger logger, object happened)
    {
        switch (happened)
        {
            case PoolPutOut put:
                PoolPutOut(logger, put.PoolName, put.Directory, put.PoolsMax, put.Leased);
                break;
            case ReplicaEjected ejected:
                ReplicaEjected(logger, ejected.PoolName, ejected.Group, Describe.Seconds(ejected.TimeMs), ejected.Faults, ejected.Ejections);
                break;
            case ReplicaReturned returned:
                ReplicaReturned(logger, returned.PoolName, returned.Group);
                break;
            case ReplicaRoleChanged changed:
                ReplicaRoleChanged(logger, changed.PoolName, changed.Group, changed.Before, changed.Now);
                break;
            case ReplicasChanged changed:
                ReplicasChanged(logger, changed.Group, string.Join(", ", changed.Added), string.Join(", ", changed.Removed));
                break;
            case LookupFailed failed:
                LookupFailed(logger, failed.Error, failed.Group);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(700, LogLevel.Information, "Pool '{PoolName}' was used least recently and is drained, to keep directory '{Directory}' within MaxPools ({MaxPools}); {Leased} leases are out.")]
    public static partial void PoolPutOut(ILogger logger, string poolName, string directory, int maxPools, int leased);

    [LoggerMessage(701, LogLevel.Warning, "Pool '{PoolName}' is ejected from replica group '{Group}' for {Time}, after {Faults} faults in a row; it is ejection {Ejections}.")]
    public static partial void ReplicaEjected(ILogger logger, string poolName, string group, string time, int faults, int ejections);

    [LoggerMessage(702, LogLevel.Information, "Pool '{PoolName}' is back in replica group '{Group}'.")]
    public static partial void ReplicaReturned(ILogger logger, string poolName, string group);

    [LoggerMessage(703, LogLevel.Information, "Pool '{PoolName}' of replica group '{Group}' was {Before} and is {Now}.")]
    public static partial void ReplicaRoleChanged(ILogger logger, string poolName, string group, ReplicaRole before, ReplicaRole now);

    [LoggerMessage(704, LogLevel.Information, "Pool '{PoolName}', a replica group, has new members ({Added}) and lost others ({Removed}), as its names are looked up now.")]
    public static partial void ReplicasChanged(ILogger logger, string poolName, string added, string removed);

    [LoggerMessage(705, LogLevel.Warning, "Pool '{PoolName}', a replica group, could not look up all of its names; the members that it had stay.")]
    public static partial void LookupFailed(ILogger logger, Exception error, string poolName);
}
