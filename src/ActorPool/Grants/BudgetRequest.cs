namespace ActorPool.Grants;

/// <summary>What a <see cref="BudgetMessage"/> asks or reports.</summary>
enum BudgetRequest : byte
{
    /// <summary>A pool joins.</summary>
    Join = 0,

    /// <summary>A pool says how many grants it would like to have in all.</summary>
    Want,

    /// <summary>A pool has returned grants.</summary>
    Return,

    /// <summary>A pool leaves, and with it all its grants come back.</summary>
    Leave,

    /// <summary>The cap changes.</summary>
    Resize,

    /// <summary>Somebody wants to be told of changes; he is told of the present state first.</summary>
    Watch,

    /// <summary>He does not any more.</summary>
    Unwatch,

    /// <summary>Say what it looks like.</summary>
    TakeSnapshot,

    /// <summary>Who was asked to give back has had time enough.</summary>
    AskDue,
}
