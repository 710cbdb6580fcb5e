namespace ActorPool.Endpoints;

/// <summary>Who is behind a <see cref="PoolRef{TConnection}"/>: a pool, or a group of pools.</summary>
interface IPoolReceiver<TConnection>
    where TConnection : class
{
    /// <summary>The name of the pool or group.</summary>
    string Name { get; }

    /// <summary>Answers <see cref="AcquireLease"/>.</summary>
    ValueTask<LeaseReply<TConnection>> AskAsync(AcquireLease request, CancellationToken cancellationToken);
}
