namespace ActorPool.Stress;

/// <summary>One outcome, what is thought of it, and why.</summary>
sealed record OutcomeRow(Outcome Outcome, Verdict Verdict, string Reason);
