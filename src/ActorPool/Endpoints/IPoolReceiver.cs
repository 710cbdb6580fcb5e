namespace ActorPool.Endpoints;

/// <summary>Who is behind a <see cref="PoolRef{TConnection}"/>: a pool, or a group of pools.</summary>
interface IPoolReceiver<TConnection>
    where TConnection : class
{
    /// <summary>The name of the pool or group.</summary>
    string Name { get; }

    /// <summary>Answers <see cref="AcquireLease"/>.</summary>
    ValueTask<LeaseReply<TConnection>> AskAsync(AcquireLease request, CancellationToken cancellationToken);

    /// <summary>Carries out a command; see <see cref="IConnectionPool.ExecuteAsync"/>.</summary>
    Task<PoolSnapshot> ExecuteAsync(PoolCommand command);

    /// <summary>Returns a lease.</summary>
    /// <exception cref="ForeignLeaseException">It is not one of this pool.</exception>
    void Return(ReleaseLease<TConnection> release);
}
