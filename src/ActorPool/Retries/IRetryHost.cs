using ActorPool.Actors;

namespace ActorPool.Retries;

/// <summary>A pool whose calls may be retried: what retries need of it besides its public members.</summary>
interface IRetryHost<TConnection>
    where TConnection : class
{
    /// <summary>The pool itself.</summary>
    IConnectionPool<TConnection> Pool { get; }

    /// <summary>Where time, randomness and the log come from.</summary>
    ActorSystem System { get; }

    /// <summary>Condemns the lease's connection if the error is a fault; whether it is.</summary>
    bool CondemnOnFault(in Lease<TConnection> lease, Exception error);
}
