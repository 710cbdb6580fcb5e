namespace ActorPool;

/// <summary>Which leases are watched for being garbage-collected without having been returned.</summary>
public enum LeakDetection
{
    /// <summary>None.</summary>
    Off = 0,

    /// <summary>One in eight: enough to see that there is a leak, and who leaks.</summary>
    Sampled,

    /// <summary>All.</summary>
    All,
}
