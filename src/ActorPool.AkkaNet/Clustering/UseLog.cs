using Microsoft.Extensions.Logging;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>Log messages of work for other nodes: ids 1100 to 1149. Next free id: 1101.</summary>
static partial class UseLog
{
    [LoggerMessage(1100, LogLevel.Warning, "Pool '{PoolName}': handler '{Handler}' failed for {Asker}, which is told its message.")]
    public static partial void HandlerFailed(ILogger logger, Exception error, string poolName, string handler, string asker);
}
