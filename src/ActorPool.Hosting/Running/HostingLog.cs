using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Running;

/// <summary>What the host says of pools. Numbers 800 to 899.</summary>
static partial class HostingLog
{
    [LoggerMessage(800, LogLevel.Information, "Pool '{PoolName}' is warm: {Connections} open after {Seconds:0.###} s.")]
    public static partial void WarmedUp(ILogger logger, string poolName, int connections, double seconds);

    [LoggerMessage(801, LogLevel.Warning, "Pool '{PoolName}' could not be warmed up; it goes on trying.")]
    public static partial void WarmUpFailed(ILogger logger, Exception error, string poolName);

    [LoggerMessage(802, LogLevel.Warning, "The host starts although not all pools are warm after {Seconds} s (StartWait).")]
    public static partial void StartsWithoutWarmUp(ILogger logger, double seconds);

    [LoggerMessage(803, LogLevel.Warning, "The host stops before its pools are drained (HostOptions.ShutdownTimeout): {Leases} leases are cut.")]
    public static partial void DrainCut(ILogger logger, int leases);

    [LoggerMessage(804, LogLevel.Information, "Pool '{PoolName}' has the options that its configuration has now.")]
    public static partial void Reloaded(ILogger logger, string poolName);

    [LoggerMessage(805, LogLevel.Error, "The configuration has changed and cannot be used; pools stay as they are.\n{Problems}")]
    public static partial void ReloadRefused(ILogger logger, string problems);

    [LoggerMessage(806, LogLevel.Error, "The configuration has changed and could not be taken over; pools stay as they are.")]
    public static partial void ReloadFailed(ILogger logger, Exception error);

    [LoggerMessage(807, LogLevel.Warning, "Pool '{PoolName}' is new in the configuration: it will be there after a restart.")]
    public static partial void PoolNeedsRestart(ILogger logger, string poolName);

    [LoggerMessage(808, LogLevel.Warning, "Pool '{PoolName}': what has changed of its connector or its budget takes effect after a restart.")]
    public static partial void ConnectorNeedsRestart(ILogger logger, string poolName);

    [LoggerMessage(809, LogLevel.Warning, "Pool '{PoolName}' is no longer in the configuration: it stays as it is until a restart.")]
    public static partial void PoolIsGone(ILogger logger, string poolName);

    [LoggerMessage(810, LogLevel.Error, "Pool '{PoolName}' could not be given the options that its configuration has now; it stays as it was.")]
    public static partial void PoolReloadFailed(ILogger logger, Exception error, string poolName);

    [LoggerMessage(811, LogLevel.Error, "The configuration could not be read again; pools stay as they are. {Problem}")]
    public static partial void NotReadAgain(ILogger logger, string problem);

    [LoggerMessage(813, LogLevel.Information, "Pool '{PoolName}' is in budget '{Budget}'; its connections call themselves '{ClientName}', so that the budget's fence knows them.")]
    public static partial void Named(ILogger logger, string poolName, string budget, string clientName);

    [LoggerMessage(814, LogLevel.Warning, "Budget '{Budget}' could not be left in good order; other nodes find out by themselves.")]
    public static partial void LeavingFailed(ILogger logger, Exception error, string budget);

    [LoggerMessage(812, LogLevel.Warning, "There are no pools: the configuration has nothing under {Section}:pools, and code adds none.{Hint}")]
    public static partial void NoPools(ILogger logger, string section, string hint);
}
