using System.Diagnostics;

namespace ActorPool.Benchmarks.Recovery.Candidates;

/// <summary>How far a request has come.</summary>
sealed class RequestNote
{
    /// <summary>
    /// When it had a connection and was about to be sent, or, where its pool does not tell, when its caller asked for it; 0 if it
    /// has none yet.
    /// </summary>
    public long SentAt { get; private set; }

    public void Begin() => SentAt = 0;

    public void Sent() => SentAt = Stopwatch.GetTimestamp();
}
