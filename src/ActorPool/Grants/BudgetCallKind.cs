namespace ActorPool.Grants;

/// <summary>Which method of <see cref="IBudgetMember"/> a <see cref="BudgetCall"/> calls.</summary>
enum BudgetCallKind : byte
{
    /// <summary><see cref="IBudgetMember.Granted"/>.</summary>
    Granted = 0,

    /// <summary><see cref="IBudgetMember.GiveBack"/>.</summary>
    GiveBack,

    /// <summary><see cref="IBudgetMember.Recall"/>.</summary>
    Recall,
}
