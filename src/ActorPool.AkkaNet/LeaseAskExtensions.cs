using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>Leases by <c>Ask</c>, claimed at once.</summary>
public static class LeaseAskExtensions
{
    /// <summary>
    /// Asks a pool's actor for a lease, and claims it. If the wait is cancelled, a lease that is granted all the same goes back by itself.
    /// </summary>
    /// <typeparam name="TConnection">What is pooled.</typeparam>
    /// <param name="pool">The pool's actor, <c>/user/actorpool/&lt;name&gt;</c>.</param>
    /// <param name="request">Time limit and holder. Inside an actor name a holder: the sender of an <c>Ask</c> is nobody who could be watched.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease, which the caller disposes of.</returns>
    /// <exception cref="PoolException">As <see cref="IConnectionPool{TConnection}.AcquireAsync(CancellationToken)"/>.</exception>
    /// <exception cref="ArgumentException">The request's time limit makes no sense.</exception>
    /// <exception cref="InvalidOperationException">The holder cannot be watched, or the pool is of another kind.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<Lease<TConnection>> AskLeaseAsync<TConnection>(
        this ICanTell pool, AcquireLease request = default, CancellationToken cancellationToken = default)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        return await pool.Ask<object>(request, timeout: null, cancellationToken).ConfigureAwait(false) switch
        {
            LeaseGranted<TConnection> granted => granted.Claim(),
            LeaseRefused { Failure: var failure } => throw failure,
            Status.Failure { Cause: var failure } => throw failure,
            var other => throw new InvalidOperationException($"{pool} answered '{other}', not a lease of a {typeof(TConnection).Name}."),
        };
    }
}
