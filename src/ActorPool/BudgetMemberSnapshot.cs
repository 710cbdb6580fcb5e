namespace ActorPool;

/// <summary>One pool of a <see cref="BudgetSnapshot"/>.</summary>
/// <param name="Name">The pool's name.</param>
/// <param name="Held">How many grants it has.</param>
/// <param name="Wanted">How many it would like to have in all.</param>
public sealed record BudgetMemberSnapshot(string Name, int Held, int Wanted);
