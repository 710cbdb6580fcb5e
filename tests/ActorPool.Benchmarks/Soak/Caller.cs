using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ActorPool.Redis;

namespace ActorPool.Benchmarks.Soak;

/// <summary>Somebody who leases connections in every way there is, one after the other; the dice say how, and for how long.</summary>
sealed class Caller<TConnection>(
    Func<Random, IConnectionPool<TConnection>> choose,
    Func<TConnection, string, CancellationToken, ValueTask<string>> ask,
    Tally tally,
    PlantedLeak leak,
    int seed)
    where TConnection : class
{
    /// <summary>How much later than it was allowed an acquire may end: the machine is busy.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    static readonly TimeSpan AcquireTimeout = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(300);
    static readonly string Run = Guid.NewGuid().ToString("N")[..8];

    readonly Random _dice = new(seed);
    int _questions;

    /// <summary>Calls until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await CallAsync().WaitAsync(SoakPlan.Patience, CancellationToken.None);
            }
            catch (Exception error)
            {
                Note(error);
            }

            await Task.Delay(_dice.Next(1, 5), CancellationToken.None);
        }
    }

    Task CallAsync() => _dice.Next(100) switch
    {
        < 40 => UseAsync(new RetryOptions { MaxAttempts = 1 }),
        < 50 => UseAsync(new RetryOptions { MaxAttempts = 3, Delay = TimeSpan.FromMilliseconds(5), IsIdempotent = true }),
        < 62 => LeaseAsync(Any(1, 100)),
        < 72 => LeaseAsync(AcquireTimeout, cancelAfter: Any(0, 20)),
        < 80 => LeaseAsync(AcquireTimeout, hold: Any(1, 50)),
        < 86 => LeaseAsync(AcquireTimeout, breakOffAfter: Any(0, 10)),
        < 90 => LeaseAsync(AcquireTimeout, end: static lease => lease.MarkFaulty()),
        < 94 => LeaseAsync(AcquireTimeout, end: static lease => lease.Dispose()),
        < 97 => TryAsync(),
        _ => MessageAsync(),
    };

    async Task UseAsync(RetryOptions retry)
    {
        using var patience = new CancellationTokenSource(AcquireTimeout + AnswerTimeout);
        await choose(_dice).UseAsync(
            static async (connection, caller, token) =>
            {
                Interlocked.Increment(ref caller.Tally.Leases);
                await caller.AskAsync(connection, token);
                caller.Leak.Note();
                return 0;
            },
            this,
            retry,
            patience.Token);
    }

    async Task LeaseAsync(
        TimeSpan patience, TimeSpan? cancelAfter = null, TimeSpan hold = default, TimeSpan? breakOffAfter = null, Action<Lease<TConnection>>? end = null)
    {
        using var cancel = cancelAfter is { } soon ? new CancellationTokenSource(soon) : new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        Lease<TConnection> lease;
        try
        {
            lease = await choose(_dice).AcquireAsync(patience, cancel.Token);
        }
        finally
        {
            NoteWait(Stopwatch.GetElapsedTime(started), cancelAfter is { } limit && limit < patience ? limit : patience);
        }

        await UseAsync(lease, hold, breakOffAfter ?? AnswerTimeout, end);
    }

    Task TryAsync() => choose(_dice).TryAcquire(out var lease) ? UseAsync(lease, default, AnswerTimeout) : Task.CompletedTask;

    /// <summary>The same by message.</summary>
    async Task MessageAsync()
    {
        var reply = await choose(_dice).Ref.Ask(new AcquireLease(AcquireTimeout, Holder: this));
        await UseAsync(reply.IsSuccess ? reply.Lease : throw reply.Failure, default, AnswerTimeout);
    }

    async Task UseAsync(Lease<TConnection> lease, TimeSpan hold, TimeSpan patience, Action<Lease<TConnection>>? end = null)
    {
        Interlocked.Increment(ref tally.Leases);
        try
        {
            if (hold > TimeSpan.Zero)
            {
                await Task.Delay(hold);
            }

            using var timeout = new CancellationTokenSource(patience);
            await AskAsync(lease.Connection, timeout.Token);
            end?.Invoke(lease);
        }
        catch (Exception error)
        {
            // what the connector does not know of, such as an answer that is none
            lease.MarkFaulty(error);
            throw;
        }
        finally
        {
            lease.Dispose();
            leak.Note();
        }
    }

    async ValueTask AskAsync(TConnection connection, CancellationToken cancellationToken)
    {
        var question = string.Create(CultureInfo.InvariantCulture, $"q{Run}-{seed}-{++_questions}-").PadRight(_dice.Next(30, 2_000), 'x');
        var answer = await ask(connection, question, cancellationToken);
        if (answer == question)
        {
            Interlocked.Increment(ref tally.Served);
            return;
        }

        // what garbage looks like is not known to be anything
        if (answer.StartsWith('q') && answer.Contains(Run, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref tally.Wrong);
            tally.Violate($"{question.TrimEnd('x')} was answered with {answer.TrimEnd('x')}");
        }

        throw new InvalidDataException("This is no answer.");
    }

    void NoteWait(TimeSpan took, TimeSpan allowed)
    {
        tally.NoteOverrun(took - allowed);
        if (took > allowed + Slack)
        {
            tally.Violate($"an acquire that may take {allowed.TotalMilliseconds:0} ms took {took.TotalMilliseconds:0} ms");
        }
    }

    void Note(Exception error)
    {
        switch (error)
        {
            case OperationCanceledException:
                Interlocked.Increment(ref tally.Cancelled);
                break;
            case AcquireTimeoutException:
                Interlocked.Increment(ref tally.TimedOut);
                break;
            case RetryExhaustedException:
            case IOException or SocketException or InvalidDataException or RedisErrorException:
            case ObjectDisposedException:
                // the last: evicted hard, under its holder
                Interlocked.Increment(ref tally.Broken);
                break;
            case PoolException:
                Interlocked.Increment(ref tally.Refused);
                break;
            case TimeoutException:
                tally.Violate($"a call did not end within {SoakPlan.Patience.TotalSeconds:0} s");
                break;
            default:
                tally.Violate($"a call failed with what no caller expects: {error.GetType().Name}: {error.Message}");
                break;
        }
    }

    TimeSpan Any(int least, int most) => TimeSpan.FromMilliseconds(_dice.Next(least, most));

    Tally Tally => tally;

    PlantedLeak Leak => leak;
}
