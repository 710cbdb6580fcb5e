namespace ActorPool.Connections;

/// <summary>What an open is told.</summary>
/// <param name="Attempt">How many attempts in a row this is, from 1.</param>
/// <param name="Round">The round of the endpoint's opens that it belongs to.</param>
sealed record OpenRequest(int Attempt, int Round)
{
    /// <summary>Why the connection must not be used, if it said so before the supervisor had it.</summary>
    public Exception? CondemnedEarly { get; set; }
}
