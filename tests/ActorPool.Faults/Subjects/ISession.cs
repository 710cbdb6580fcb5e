namespace ActorPool.Faults.Subjects;

/// <summary>A pool in use.</summary>
interface ISession : IAsyncDisposable
{
    PoolSnapshot Snapshot();

    /// <summary>Leases a connection and asks the server for a text. Throws when there is no answer, or none that could be one.</summary>
    /// <returns>What the server said.</returns>
    ValueTask<string> AskAsync(string question, CancellationToken cancellationToken);
}
