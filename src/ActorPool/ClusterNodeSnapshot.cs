namespace ActorPool;

/// <summary>One node of a <see cref="ClusterBudgetSnapshot"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClientName">What its connections call themselves at the server.</param>
/// <param name="Held">How many grants it holds.</param>
/// <param name="Wanted">How many it would like to have in all.</param>
/// <param name="IsThis">Whether it is the node that was asked.</param>
/// <param name="IsFenced">Whether it was silent for too long: its grants are kept back until its connections are gone.</param>
/// <param name="SilentFor">For how long the asked node has seen nothing of it; null if it has not looked twice.</param>
public sealed record ClusterNodeSnapshot(string Name, string ClientName, int Held, int Wanted, bool IsThis, bool IsFenced, TimeSpan? SilentFor);
