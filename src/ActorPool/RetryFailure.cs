using System.Runtime.CompilerServices;
using ActorPool.Diagnostics;

namespace ActorPool;

/// <summary>One failed attempt of a call with retries.</summary>
/// <param name="PoolName">The pool's name.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="ConnectionId">The connection it failed on; null if it got none.</param>
/// <param name="Error">What was thrown.</param>
/// <param name="Delay">The wait before the next attempt; null if there is none.</param>
public sealed record RetryFailure(string PoolName, int Attempt, long? ConnectionId, Exception Error, TimeSpan? Delay)
{
    // Not Exception.Data: an exception object may be thrown by several threads at once.
    static readonly ConditionalWeakTable<Exception, IReadOnlyList<RetryFailure>> Histories = [];

    /// <summary>
    /// The failed attempts that led to an error, in order, its own included. For a <see cref="RetryExhaustedException"/> its
    /// <see cref="RetryExhaustedException.History"/>; for an error that was rethrown as it is, since it is not one to retry
    /// or the call was cancelled, what came before it. Empty if nothing was tried again.
    /// </summary>
    public static IReadOnlyList<RetryFailure> HistoryOf(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error is RetryExhaustedException exhausted ? exhausted.History
            : Histories.TryGetValue(error, out var history) ? history
            : [];
    }

    /// <summary>The failure in one line.</summary>
    public override string ToString() =>
        $"attempt {Attempt}{(ConnectionId is { } id ? $" on connection {id}" : "")}: {Describe.Error(Error)}"
        + (Delay is { } delay ? $"; next after {Describe.Seconds(delay)}" : "");

    internal static void Attach(Exception error, IReadOnlyList<RetryFailure> history) => Histories.AddOrUpdate(error, history);
}
