namespace ActorPool.Faults.Subjects;

/// <summary>A session that is a pool of connections, each asked by the same function.</summary>
sealed class PoolSession<TConnection>(
    ConnectionPool<TConnection> pool,
    Func<TConnection, string, CancellationToken, ValueTask<string>> ask) : ISession
    where TConnection : class
{
    public PoolSnapshot Snapshot() => pool.Snapshot();

    public ValueTask<string> AskAsync(string question, CancellationToken cancellationToken) => pool.UseAsync(ask, question, cancellationToken);

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}
