namespace AkkaClusterSample;

/// <summary>What a node says of itself, as one line of JSON.</summary>
/// <param name="State">How it stands to the budget.</param>
/// <param name="Wanted">How many workers it has.</param>
/// <param name="Busy">How many of them have a connection.</param>
/// <param name="Held">How many connections it may have at this moment.</param>
/// <param name="Open">How many it has.</param>
/// <param name="Report">What another node has answered; null if it was not asked yet.</param>
/// <param name="Nodes">How many nodes with the pool of orders it has seen in the picture of the cluster.</param>
sealed record NodeStatus(string State, int Wanted, int Busy, int Held, int Open, string? Report, int Nodes);
