namespace ActorPool.Connections;

/// <summary>What an open is told.</summary>
/// <param name="Attempt">How many attempts in a row this is, from 1.</param>
/// <param name="Step">The step of the endpoint's backoff that it starts on.</param>
sealed record OpenRequest(int Attempt, int Step)
{
    /// <summary>Why the connection must not be used, if it said so before the supervisor had it.</summary>
    public Exception? CondemnedEarly { get; set; }
}
