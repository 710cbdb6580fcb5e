namespace ActorPool.Budgets.Book;

/// <summary>A node would like grants of another.</summary>
/// <param name="By">The key of who asks.</param>
/// <param name="Count">How many.</param>
/// <param name="Keep">How many the other one keeps at least, of those that it uses.</param>
sealed record GrantAsk(string By, int Count, int Keep);
