using Microsoft.Extensions.Logging;

namespace ActorPool.Data.Diagnostics;

/// <summary>Every log line of this project. Event ids: 1000–1099. Next free: 1002.</summary>
static partial class DataLog
{
    [LoggerMessage(1000, LogLevel.Error, "{Server}: prepared transaction '{Name}' could not be ended ({How}); it keeps its locks until somebody ends it by hand.")]
    public static partial void PreparedTransactionLeft(ILogger logger, Exception error, string server, string name, string how);

    [LoggerMessage(1001, LogLevel.Debug, "{Server}: a running command could not be cancelled.")]
    public static partial void NotCancelled(ILogger logger, Exception error, string server);
}
