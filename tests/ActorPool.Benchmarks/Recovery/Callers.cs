using System.Collections.Concurrent;
using System.Diagnostics;
using ActorPool.Benchmarks.Recovery.Candidates;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>Callers who work all the time; one whose request fails tries again after a moment, as a user would.</summary>
sealed class Callers
{
    /// <summary>More than there are connections, so that some wait for one at any time.</summary>
    public const int Count = 96;

    static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(10);

    readonly ConcurrentQueue<long> _successes = new();
    readonly ConcurrentQueue<RequestFailure> _failures = new();
    readonly Task _working;
    volatile bool _isOver;

    public Callers(RecoveryCandidate candidate) =>
        _working = Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Task.Run(() => WorkAsync(candidate))));

    /// <summary>When requests were answered.</summary>
    public IReadOnlyCollection<long> Successes => _successes;

    public IReadOnlyCollection<RequestFailure> Failures => _failures;

    /// <summary>Each ends the request that it is at. False if some have not after a while: those wait for a server.</summary>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        _isOver = true;
        return await Task.WhenAny(_working, Task.Delay(patience)) == _working;
    }

    async Task WorkAsync(RecoveryCandidate candidate)
    {
        var note = new RequestNote();
        while (!_isOver)
        {
            note.Begin();
            try
            {
                await candidate.RequestAsync(note);
                _successes.Enqueue(Stopwatch.GetTimestamp());
            }
            catch (Exception error)
            {
                _failures.Enqueue(new RequestFailure(note.SentAt, Stopwatch.GetTimestamp(), error));
                await Task.Delay(AfterFailure);
            }
        }
    }
}
