using Microsoft.Extensions.ObjectPool;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>
/// Microsoft.Extensions.ObjectPool: keeps objects, bounds nothing, knows no waiting. Only where nobody has to wait.
/// </summary>
readonly struct ObjectPoolCandidate : ICandidate<IdleConnection>
{
    readonly DefaultObjectPool<IdleConnection> _pool;

    ObjectPoolCandidate(int size)
    {
        _pool = new DefaultObjectPool<IdleConnection>(new DefaultPooledObjectPolicy<IdleConnection>(), size);
        foreach (var connection in IdleConnection.Many(size))
        {
            _pool.Return(connection);
        }
    }

    public static ValueTask<ObjectPoolCandidate> OpenAsync(int size) => new(new ObjectPoolCandidate(size));

    public ValueTask<IdleConnection> AcquireAsync() => new(_pool.Get());

    public void Release(IdleConnection lease) => _pool.Return(lease);

    public ValueTask DisposeAsync() => default;
}
