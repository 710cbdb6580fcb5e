using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>Log messages of connection budgets: ids 600 to 699. Next free id: 601.</summary>
static partial class BudgetLog
{
    [LoggerMessage(600, LogLevel.Error, "Pool '{PoolName}' threw when its connection budget called it; the grants of that call count as given until it leaves.")]
    public static partial void MemberFailed(ILogger logger, Exception error, string poolName);
}
