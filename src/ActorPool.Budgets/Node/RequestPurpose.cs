namespace ActorPool.Budgets.Node;

/// <summary>What a <see cref="PendingRequest"/> is for.</summary>
enum RequestPurpose
{
    /// <summary>To read the book and this node's record.</summary>
    Look = 0,

    /// <summary>To read everything: to join, to see who has what, for operators.</summary>
    LookAtAll,

    /// <summary>To join.</summary>
    Join,

    /// <summary>To renew, whether or not grants are given back with it.</summary>
    Renew,

    /// <summary>To take free grants.</summary>
    Take,

    /// <summary>To ask others for theirs.</summary>
    Ask,

    /// <summary>To keep a silent node from renewing.</summary>
    Fence,

    /// <summary>To free a fenced node's grants.</summary>
    Reclaim,

    /// <summary>To go, and give everything back.</summary>
    Leave,

    /// <summary>To say that the engine has lost writes.</summary>
    Reconcile,

    /// <summary>To say what this node holds, whatever its record says.</summary>
    Reassert,

    /// <summary>To let grants flow again.</summary>
    Settle,
}
