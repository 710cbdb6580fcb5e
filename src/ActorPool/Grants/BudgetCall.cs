namespace ActorPool.Grants;

/// <summary>A call to a member of a budget, on its way.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Count">Its number.</param>
/// <param name="Mode">Recall: what becomes of leased connections.</param>
readonly record struct BudgetCall(BudgetCallKind Kind, int Count, EvictMode Mode = EvictMode.Soft);
