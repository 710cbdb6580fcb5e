namespace ActorPool.Budgets.Book;

/// <summary>What all nodes share: how many grants nobody holds, and what is known of the engine.</summary>
sealed record BookRecord
{
    /// <summary>The form of these records; another one is not read.</summary>
    public const int CurrentForm = 1;

    public int Form { get; init; } = CurrentForm;

    /// <summary>Which life of the engine the book was written in.</summary>
    public string Incarnation { get; init; } = "";

    /// <summary>How many times the engine may have lost writes, the beginning included.</summary>
    public int Epoch { get; init; }

    /// <summary>Whether nothing is granted, until whoever holds grants has had time to say so.</summary>
    public bool IsReconciling { get; init; }

    /// <summary>Whether that is since the book was made: then nobody is expected whose record was lost while he was frozen.</summary>
    public bool IsNew { get; init; }

    /// <summary>How many grants there are.</summary>
    public int Max { get; init; }

    /// <summary>
    /// How many of them nobody holds. With all that are held it makes <see cref="Max"/>, always. Below 0 after the budget was lowered, or
    /// while reconciling.
    /// </summary>
    public int Free { get; init; }

    /// <summary>How many nodes have records.</summary>
    public int Nodes { get; init; }

    /// <summary>What every node gets that wants it.</summary>
    public int Base => Max / Math.Max(1, Nodes);
}
