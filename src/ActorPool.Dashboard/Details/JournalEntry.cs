namespace ActorPool.Dashboard.Details;

/// <summary>Something that happened in a pool while it was watched.</summary>
/// <param name="At">When it was heard of, the last time.</param>
/// <param name="IsTrouble">Whether it is trouble or its end.</param>
/// <param name="Line">What happened.</param>
/// <param name="History">The last transitions of the connection that it happened to, oldest first; empty if they do not matter.</param>
/// <param name="Sameness">What it has in common with the next if that is the same trouble once more; null if it stands for itself.</param>
/// <param name="Times">How often it has happened, one time after the other.</param>
sealed record JournalEntry(
    DateTimeOffset At, bool IsTrouble, string Line, IReadOnlyList<string> History, string? Sameness = null, int Times = 1);
