using System.Collections.Concurrent;
using ActorPool;

namespace QuickStart;

/// <summary>What the workers lived to see, all of them together.</summary>
/// <param name="ruined">Called when nothing that follows would be worth looking at: somebody got another's reply.</param>
sealed class Tally(Action ruined)
{
    readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    long _answered;
    AnothersReplyException? _firstOthersReply;
    int _failedOnConnection;
    int _othersReplies;

    public long AnsweredCount => Interlocked.Read(ref _answered);

    /// <summary>How many of the failures happened on a connection, and cost it.</summary>
    public int FailedOnConnection => Volatile.Read(in _failedOnConnection);

    /// <summary>The failures that callers saw, by kind.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    public int OthersReplies => Volatile.Read(in _othersReplies);

    public AnothersReplyException? FirstOthersReply => Volatile.Read(in _firstOthersReply);

    /// <summary>How long acquires took.</summary>
    public LatencyHistogram AcquireTimes { get; } = new();

    public void Leased(TimeSpan after) => AcquireTimes.Record(after);

    public void Answered() => Interlocked.Increment(ref _answered);

    public void Failed(Exception error)
    {
        _failures.AddOrUpdate(KindOf(error), 1, static (_, count) => count + 1);
        if (error is not PoolException)
        {
            Interlocked.Increment(ref _failedOnConnection);
        }

        if (error is AnothersReplyException othersReply)
        {
            Interlocked.Increment(ref _othersReplies);
            Interlocked.CompareExchange(ref _firstOthersReply, othersReply, null);
            ruined();
        }
    }

    static string KindOf(Exception error) => error switch
    {
        AnothersReplyException => "another's reply",
        GarbageException => "garbage instead of an answer",
        OperationCanceledException => "no answer in time",
        IOException or ObjectDisposedException => "connection cut off",
        AcquireTimeoutException => "no connection in time",
        EndpointUnavailableException => "server unavailable",
        _ => error.GetType().Name,
    };
}
