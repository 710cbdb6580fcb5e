namespace ActorPool;

/// <summary>What a member of a replica group is to the others, as its role probe says.</summary>
public enum ReplicaRole
{
    /// <summary>Not asked yet, or it could not say.</summary>
    Unknown = 0,

    /// <summary>It takes writes.</summary>
    Primary,

    /// <summary>It follows a primary.</summary>
    Standby,
}
