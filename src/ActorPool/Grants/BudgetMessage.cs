namespace ActorPool.Grants;

/// <summary>A message to a <see cref="BudgetActor"/>.</summary>
/// <param name="Request">What is asked or reported.</param>
/// <param name="Share">Join, Want, Return, Leave: whose.</param>
/// <param name="Count">Want, Return: how many. Resize: the new cap.</param>
record struct BudgetMessage(BudgetRequest Request, BudgetShare? Share = null, int Count = 0)
{
    /// <summary>TakeSnapshot: the answer.</summary>
    public BudgetSnapshot? Snapshot { get; set; }

    /// <summary>Watch, Unwatch: who.</summary>
    public BudgetWatch? Watch { get; init; }

    /// <summary>Resize: whether what is above is ordered back, and how; null: it is asked for.</summary>
    public EvictMode? Mode { get; init; }
}
