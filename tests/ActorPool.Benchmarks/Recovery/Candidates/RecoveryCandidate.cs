namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>A pool whose server goes away and comes back.</summary>
abstract class RecoveryCandidate : IAsyncDisposable
{
    /// <summary>One request and its answer.</summary>
    /// <param name="note">Is told when the request has got a connection, by those who can tell.</param>
    public abstract ValueTask RequestAsync(RequestNote note);

    /// <summary>How many connects it has begun; null where nobody can tell but the server.</summary>
    public virtual long? Connects => null;

    /// <summary>How many connects were under way at once, at most, where it can be counted at the client.</summary>
    public virtual int? ConnectsMost => null;

    /// <summary>The most is looked for anew.</summary>
    public virtual void ResetMost()
    {
    }

    public abstract ValueTask DisposeAsync();
}
