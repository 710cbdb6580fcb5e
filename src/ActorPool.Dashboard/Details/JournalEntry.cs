namespace ActorPool.Dashboard.Details;

/// <summary>Something that happened in a pool while it was watched.</summary>
/// <param name="At">When it was heard of.</param>
/// <param name="IsTrouble">Whether it is trouble or its end.</param>
/// <param name="Line">What happened.</param>
/// <param name="History">The last transitions of the connection that it happened to, oldest first; empty if they do not matter.</param>
sealed record JournalEntry(DateTimeOffset At, bool IsTrouble, string Line, IReadOnlyList<string> History);
