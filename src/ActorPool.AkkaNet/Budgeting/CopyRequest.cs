namespace ActorPool.AkkaNet.Budgeting;

/// <summary>What a keeper asks of a member's copy. The copy does it, and then says whom it follows.</summary>
sealed record CopyRequest : IKeeperMessage
{
    /// <summary>The keeper's member: a copy answers nobody whom its own member does not know as one.</summary>
    public MemberId From { get; init; }

    /// <summary>Whom it is for: a process that was started anew at the same address has forgotten what this one knew, and must not answer for it.</summary>
    public MemberId To { get; init; }

    /// <summary>Who asks: from now on the copy follows this keeper, unless it follows a higher one. Null: it goes on as it does, and only says so.</summary>
    public KeeperMark? Keeper { get; init; }

    /// <summary>What the copy is to keep; null: nothing new.</summary>
    public BudgetRecords? Store { get; init; }

    /// <summary>The budget whose records are wanted; null: none.</summary>
    public string? Load { get; init; }
}
