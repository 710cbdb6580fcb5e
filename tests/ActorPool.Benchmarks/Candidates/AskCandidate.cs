namespace ActorPool.Benchmarks.Candidates;

/// <summary>This project, by message: the way of those who hold a ref and want errors as values.</summary>
readonly struct AskCandidate : ICandidate<LeaseReply<IdleConnection>>
{
    readonly ConnectionPool<IdleConnection> _pool;

    AskCandidate(ConnectionPool<IdleConnection> pool) => _pool = pool;

    public static async ValueTask<AskCandidate> OpenAsync(int size) => new(await ActorPoolCandidate.OpenPoolAsync(size));

    public ValueTask<LeaseReply<IdleConnection>> AcquireAsync() => _pool.Ref.Ask(new AcquireLease());

    public void Release(LeaseReply<IdleConnection> lease) => lease.Lease.Dispose();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
