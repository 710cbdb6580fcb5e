using Microsoft.Extensions.Logging;

namespace ActorPool.Dashboard;

/// <summary>Every log line of the dashboard. Event ids 900–999. Next free: 908.</summary>
static partial class DashboardLog
{
    [LoggerMessage(900, LogLevel.Information, "Pool '{PoolName}': {User} did {Operation} on the dashboard.")]
    public static partial void Operated(ILogger logger, string poolName, string user, string operation);

    [LoggerMessage(901, LogLevel.Warning, "Pool '{PoolName}': {User} asked for {Operation} on the dashboard, and it failed: {Failure}")]
    public static partial void OperationFailed(ILogger logger, string poolName, string user, string operation, string failure);

    [LoggerMessage(902, LogLevel.Warning, "Pool '{PoolName}': {User} was refused {Operation} on the dashboard: {Refusal}")]
    public static partial void OperationRefused(ILogger logger, string poolName, string user, string operation, string refusal);

    [LoggerMessage(903, LogLevel.Information, "Pool '{PoolName}': {User} has begun {Operation} on the dashboard; it goes on.")]
    public static partial void OperationBegun(ILogger logger, string poolName, string user, string operation);

    [LoggerMessage(904, LogLevel.Information, "The dashboard refused {Path} to {Address}: {Refusal}")]
    public static partial void Refused(ILogger logger, string path, string address, string refusal);

    [LoggerMessage(905, LogLevel.Warning, "Pool '{PoolName}' could not be shown on the dashboard.")]
    public static partial void NotShown(ILogger logger, Exception error, string poolName);

    [LoggerMessage(906, LogLevel.Warning, "Budget '{Budget}' could not be shown on the dashboard.")]
    public static partial void BudgetNotShown(ILogger logger, Exception error, string budget);

    [LoggerMessage(907, LogLevel.Warning, "The nodes of the cluster could not be shown on the dashboard.")]
    public static partial void ClusterNotShown(ILogger logger, Exception error);
}
