using System.Globalization;
using ActorPool.AkkaNet.Endpoints;
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
    /// <exception cref="InvalidOperationException">The holder cannot be watched, the pool is of another kind, or its actor is not there.</exception>
    /// <exception cref="TimeoutException">Nobody has answered, long after the request's time limit. The pool itself says <see cref="AcquireTimeoutException"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<Lease<TConnection>> AskLeaseAsync<TConnection>(
        this ICanTell pool, AcquireLease request = default, CancellationToken cancellationToken = default)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        return await AskAsync(pool, request, cancellationToken).ConfigureAwait(false) switch
        {
            LeaseGranted<TConnection> granted => granted.Claim(),
            LeaseRefused { Failure: var failure } => throw failure,
            Status.Failure { Cause: var failure } => throw failure,
            var other => throw new InvalidOperationException($"{pool} answered '{other}', not a lease of a {typeof(TConnection).Name}."),
        };
    }

    static async Task<object> AskAsync(ICanTell pool, AcquireLease request, CancellationToken cancellationToken)
    {
        if (Asking.HasEnded(pool))
        {
            throw NotThere(pool);
        }

        var patience = Asking.PatienceFor(request.Timeout);
        if (patience == Timeout.InfiniteTimeSpan && pool is ActorSelection path)
        {
            return await AskPathAsync(path, request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await pool.Ask<object>(request, patience, cancellationToken).ConfigureAwait(false);
        }
        catch (AskTimeoutException error)
        {
            throw Unanswered(pool, request, error);
        }
    }

    /// <summary>A path may lead nowhere, and the pool's own limit, after which it answers, is not known here: who is there is asked as well.</summary>
    static async Task<object> AskPathAsync(ActorSelection path, AcquireLease request, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var asked = path.Ask<object>(request, Timeout.InfiniteTimeSpan, done.Token);
            var identified = path.Ask<ActorIdentity>(new Identify(null), Timeout.InfiniteTimeSpan, done.Token);
            if (await Task.WhenAny(asked, identified).ConfigureAwait(false) == identified
                && (await identified.ConfigureAwait(false)).Subject is null
                && !asked.IsCompleted)
            {
                throw NotThere(path);
            }

            return await asked.ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
        }
    }

    static InvalidOperationException NotThere(ICanTell pool) =>
        new($"{pool} cannot be asked for a lease: there is no such actor, or it has stopped. The actors of pools are /user/{PoolRouter.Name}/<name>, as long as their system runs.");

    static TimeoutException Unanswered(ICanTell pool, AcquireLease request, AskTimeoutException error) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{pool} has not answered for {Asking.Grace.TotalSeconds:0.###} s after the request's time limit of {request.Timeout?.TotalSeconds:0.###} s. A pool answers in time, if only to refuse: there is no such actor, it has stopped, or its dispatcher has no threads left."),
        error);
}
