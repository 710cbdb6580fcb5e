namespace ActorPool.Routing;

/// <summary>What a <see cref="GroupMessage"/> asks or reports.</summary>
enum GroupRequest : byte
{
    /// <summary>The members that are there from the start.</summary>
    Begin = 0,

    /// <summary>An open of a member has ended.</summary>
    OpenEnded,

    /// <summary>A member has had a fault.</summary>
    Faulted,

    /// <summary>A connection of a member was closed that had opened in vain: the member may fail although its opens succeed.</summary>
    OpenedInVain,

    /// <summary>A member's role has changed.</summary>
    Changed,

    /// <summary>A member was asked for its role, and has answered or not.</summary>
    RoleAsked,

    /// <summary>Somebody waits for a role that nobody seems to have.</summary>
    AskRoles,

    /// <summary>An acquire waits.</summary>
    WaitBegan,

    /// <summary>An acquire waits no longer.</summary>
    WaitEnded,

    /// <summary>The names were looked up.</summary>
    Resolved,

    /// <summary>A member that has left is closed.</summary>
    Left,

    /// <summary>Somebody wants the group's picture.</summary>
    TakePicture,

    /// <summary>The group closes.</summary>
    Close,

    /// <summary>The first ejection is over.</summary>
    EjectionEnded,

    /// <summary>Members that fail and that nobody uses are to be tried again.</summary>
    NudgeDue,

    /// <summary>Members are to be asked for their roles.</summary>
    RolesDue,

    /// <summary>The names are to be looked up.</summary>
    ResolveDue,
}
