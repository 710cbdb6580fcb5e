namespace ActorPool.Errors;

/// <summary>Every message of a connection budget's errors.</summary>
static class GrantErrors
{
    /// <summary>A pool returns grants that it does not have.</summary>
    public static ArgumentOutOfRangeException ReturnsTooMany(string poolName, int count, int held) => new(
        nameof(count), count, $"Pool '{poolName}' returns {count} grants of its connection budget but has {held}.");

    /// <summary>The budget's turn threw.</summary>
    public static InvalidOperationException ActorFailed() => new(
        "The connection budget failed and was restarted. This is a defect in ActorPool: please report it.");
}
