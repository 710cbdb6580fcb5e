namespace ActorPool.Actors;

/// <summary>What a parent does about a child whose turn threw.</summary>
enum SupervisorDirective
{
    /// <summary>The child starts anew (<see cref="Actor.Restarting"/>), later and later when it fails again soon.</summary>
    Restart = 0,

    /// <summary>The child stops.</summary>
    Stop,

    /// <summary>The parent fails as if its own turn had thrown; the child stops.</summary>
    Escalate,
}
