namespace ActorPool.Redis.Commands;

/// <summary>What is particular about a command.</summary>
/// <param name="Effect">What it does to its connection.</param>
/// <param name="Why">Why it is refused; for others nothing.</param>
/// <param name="Blocking">Where it says for how long it waits.</param>
sealed record CommandRule(CommandEffect Effect, string Why = "", BlockingForm Blocking = BlockingForm.None);
