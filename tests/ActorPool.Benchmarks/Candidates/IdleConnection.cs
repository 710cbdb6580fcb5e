namespace ActorPool.Benchmarks.Candidates;

/// <summary>A connection that does nothing, so that all that is measured is the pool.</summary>
sealed class IdleConnection
{
    public static IdleConnection[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => new IdleConnection())];
}
