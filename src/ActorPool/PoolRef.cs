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

    /// <summary>Has the pool do something. Never blocks, and never throws.</summary>
    /// <param name="command">What to do.</param>
    public async ValueTask<PoolReply> Ask(PoolCommand command)
    {
        try
        {
            return new PoolReply(await _pool.ExecuteAsync(command).ConfigureAwait(false));
        }
        catch (Exception error) when (error is PoolException or ArgumentException)
        {
            return new PoolReply(error);
        }
    }

    /// <summary>Returns a lease. Never blocks; one that has ended is ignored and counted.</summary>
    /// <param name="release">Which lease.</param>
    /// <exception cref="ForeignLeaseException">It is not a lease of this pool; nothing has happened to it.</exception>
    public void Tell(ReleaseLease<TConnection> release) => _pool.Return(release);

    /// <summary>The pool in one line.</summary>
    public override string ToString() => $"ref of pool '{_pool.Name}'";
}
