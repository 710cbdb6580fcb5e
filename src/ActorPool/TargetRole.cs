namespace ActorPool;

/// <summary>Which members of a replica group may serve.</summary>
public enum TargetRole
{
    /// <summary>Every member.</summary>
    Any = 0,

    /// <summary>Primaries alone: as long as there is none, acquires wait for one.</summary>
    Primary,

    /// <summary>Standbys alone: as long as there is none, acquires wait for one.</summary>
    Standby,

    /// <summary>A primary, or, while none can serve, any other.</summary>
    PreferPrimary,

    /// <summary>A standby, or, while none can serve, any other.</summary>
    PreferStandby,
}
