namespace ActorPool.Routing;

/// <summary>The timers of a <see cref="ReplicaSupervisor"/>.</summary>
enum GroupTimer
{
    /// <summary>The first ejection ends.</summary>
    EjectionEnds = 0,

    /// <summary>Members that fail are tried again.</summary>
    Nudge,

    /// <summary>Members are asked for their roles.</summary>
    Roles,

    /// <summary>Names are looked up.</summary>
    Resolve,
}
