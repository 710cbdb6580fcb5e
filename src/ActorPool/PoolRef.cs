using System.Diagnostics.CodeAnalysis;
using ActorPool.Endpoints;

namespace ActorPool;

/// <summary>A pool for those who speak by message: requests are values, and so are the answers, errors included.</summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A ref is what actors are reached by.")]
public sealed class PoolRef<TConnection>
    where TConnection : class
{
    readonly IPoolReceiver<TConnection> _pool;

    internal PoolRef(IPoolReceiver<TConnection> pool) => _pool = pool;

    /// <summary>Asks for a lease. Never blocks, and never throws for the pool's reasons. Await it once.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait; the reply's failure is then an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The request's timeout is negative and not infinite.</exception>
    public ValueTask<LeaseReply<TConnection>> Ask(AcquireLease request, CancellationToken cancellationToken = default) =>
        _pool.AskAsync(request, cancellationToken);

    /// <summary>The pool in one line.</summary>
    public override string ToString() => $"ref of pool '{_pool.Name}'";
}
