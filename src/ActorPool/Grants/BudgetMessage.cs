namespace ActorPool.Grants;

/// <summary>A message to a <see cref="BudgetActor"/>.</summary>
/// <param name="Request">What is asked or reported.</param>
/// <param name="Share">Join, Want, Return, Leave: whose.</param>
/// <param name="Count">Want, Return: how many. Resize: the new cap.</param>
record struct BudgetMessage(BudgetRequest Request, BudgetShare? Share = null, int Count = 0)
{
    /// <summary>TakeSnapshot: the answer.</summary>
    public BudgetSnapshot? Snapshot { get; set; }
}
