using System.Diagnostics;

namespace ActorPool.Connections;

/// <summary>What an open is told.</summary>
/// <param name="Attempt">How many attempts in a row this is, from 1.</param>
/// <param name="Round">The round of the endpoint's opens that it belongs to.</param>
/// <param name="Causes">Links to the activities whose acquires it is for; null if there is none, or nobody listens.</param>
sealed record OpenRequest(int Attempt, int Round, ActivityLink[]? Causes)
{
    /// <summary>Why the connection must not be used, if it said so before the supervisor had it.</summary>
    public Exception? CondemnedEarly { get; set; }
}
