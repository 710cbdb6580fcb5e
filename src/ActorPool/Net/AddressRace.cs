using System.Net;
using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>
/// Connects to one of several addresses as in RFC 8305 ("happy eyeballs"): the next attempt starts when the one before
/// has failed, or has taken <paramref name="attemptDelay"/> without an answer. The first that connects wins; the others
/// are cancelled and what they open is disposed. So an address that swallows packets costs a delay, not the whole timeout.
/// </summary>
sealed class AddressRace(
    string endpoint,
    IReadOnlyList<Candidate> candidates,
    Func<EndPoint, CancellationToken, Task<Socket>> connect,
    TimeSpan attemptDelay,
    TimeProvider timeProvider)
{
    readonly List<Task<ConnectAttempt>> _running = [];
    readonly List<ConnectAttempt> _failures = [];

    /// <summary>Runs the race, once.</summary>
    /// <exception cref="SocketException">No address connected; the message tells each one's error.</exception>
    public async Task<ConnectAttempt> RunAsync(CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (var next = 0; next < candidates.Count || _running.Count > 0;)
            {
                if (next < candidates.Count)
                {
                    _running.Add(AttemptAsync(candidates[next++], race.Token));
                }

                var delay = next < candidates.Count ? attemptDelay : Timeout.InfiniteTimeSpan;
                if (await FirstToEndAsync(delay, race.Token).ConfigureAwait(false) is not { } attempt)
                {
                    continue;
                }

                if (attempt.Socket is not null)
                {
                    return attempt;
                }

                cancellationToken.ThrowIfCancellationRequested();
                _failures.Add(attempt);
            }

            throw NetErrors.NothingConnected(endpoint, _failures);
        }
        finally
        {
            await race.CancelAsync().ConfigureAwait(false);
            foreach (var loser in _running)
            {
                _ = DiscardAsync(loser);
            }
        }
    }

    /// <summary>The next attempt to end, taken out of the running; null when the delay has passed before.</summary>
    async Task<ConnectAttempt?> FirstToEndAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Task ended = _running.Count == 1 ? _running[0] : Task.WhenAny(_running);
        try
        {
            await ended.WaitAsync(delay, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }

        var first = _running.Find(attempt => attempt.IsCompleted)!;
        _running.Remove(first);
        return await first.ConfigureAwait(false);
    }

    /// <summary>Never throws.</summary>
    async Task<ConnectAttempt> AttemptAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        try
        {
            return new ConnectAttempt(candidate, await connect(candidate.Address, cancellationToken).ConfigureAwait(false), Error: null);
        }
        catch (Exception error)
        {
            return new ConnectAttempt(candidate, Socket: null, error);
        }
    }

    // a loser that connected after all; nobody waits for it
    static async Task DiscardAsync(Task<ConnectAttempt> loser) => (await loser.ConfigureAwait(false)).Socket?.Dispose();
}
