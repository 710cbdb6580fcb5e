namespace ActorPool.Budgets.Simulation.Planted;

/// <summary>A mistake that a programmer could make: pieces of text of the shipped sources, replaced by others. What results compiles, and is wrong.</summary>
/// <param name="Name">What is wrong, in a short sentence.</param>
/// <param name="Check">Which check finds it: how its name begins.</param>
/// <param name="Seeds">Within how many seeds it is found.</param>
/// <param name="Edits">Where: files below <c>src</c>, with slashes; what is replaced, which occurs once in its file; what comes in its place.</param>
sealed record Bug(string Name, string Check, int Seeds, params (string File, string Original, string Replacement)[] Edits);
