namespace ActorPool.Benchmarks.Recovery;

/// <summary>A request that has failed.</summary>
/// <param name="SentAt">When it had a connection; 0 if it got none.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="Error">With what.</param>
readonly record struct RequestFailure(long SentAt, long FailedAt, Exception Error)
{
    /// <summary>Whether it was on its way to the server when that died.</summary>
    public bool WasInFlight(Outage outage) => SentAt != 0 && SentAt <= outage.GoneAt;
}
