namespace ActorPool.Budgets.Node;

/// <summary>What an <see cref="AgentNews"/> is about.</summary>
enum AgentNewsKind
{
    /// <summary>This node has joined.</summary>
    Joined = 0,

    /// <summary>It cannot join for now: its number is taken, or there are as many nodes as there may be. Text: which.</summary>
    JoinRefused,

    /// <summary>A renewal was not acknowledged. Text: why.</summary>
    RenewalFailed,

    /// <summary>The engine answers again. Count: how many renewals had failed.</summary>
    Renewed,

    /// <summary>The deadline has passed. Count: how many connections have to close.</summary>
    CutOff,

    /// <summary>Another node was silent for too long, and is kept from renewing. Count: its grants.</summary>
    Fenced,

    /// <summary>Its grants are free again. Count: how many.</summary>
    Reclaimed,

    /// <summary>A fence was not confirmed. Count: connections that are left, or below 0 if it failed. Text: why.</summary>
    FenceUnconfirmed,

    /// <summary>This node was fenced by others, and joins again.</summary>
    WasFenced,

    /// <summary>The engine has lost writes, or is another one: nothing is granted for a while. Text: what was seen.</summary>
    Reconciling,

    /// <summary>Grants flow again. Count: how many are free.</summary>
    Reconciled,

    /// <summary>The book had another size, and has this node's now. Count: the new size. Text: the old one.</summary>
    Resized,

    /// <summary>The book cannot be read: a newer version's, or not one. Text: which record.</summary>
    Unreadable,
}
