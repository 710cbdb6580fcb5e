using System.Diagnostics;
using System.Net.Sockets;
using ActorPool;

namespace QuickStart;

/// <summary>Everything that goes wrong with the embedded server: single sockets all day long, and the whole server once.</summary>
sealed class BadDay(EchoServer server, IConnectionPool<Stream> pool, Tally tally, TimeSpan duration, int seed)
{
    static readonly Fault[] OneByOne = [Fault.Killed, Fault.KilledInAnswer, Fault.Stalled, Fault.AnsweredLate, Fault.Garbage];
    static readonly TimeSpan HealingMax = TimeSpan.FromSeconds(3);

    readonly Random _random = new(seed);

    /// <summary>Null until the server has been away.</summary>
    public Outage? Outage { get; private set; }

    public bool IsServerAway { get; private set; }

    /// <summary>Set if the server could not come back.</summary>
    public SocketException? Problem { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await HarmAsync(0.45 * duration, stop);
            await TakeServerAwayAsync(TimeSpan.FromSeconds(Math.Min(1, 0.2 * duration.TotalSeconds)), stop);
            await HarmAsync(Timeout.InfiniteTimeSpan, stop);
        }
        catch (OperationCanceledException)
        {
            // the day is over
        }
        catch (SocketException error)
        {
            Problem = error;
        }
        finally
        {
            server.Calm();
        }
    }

    async Task HarmAsync(TimeSpan duration, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (duration < TimeSpan.Zero || Stopwatch.GetElapsedTime(started) < duration)
        {
            server.Harm(OneByOne[_random.Next(OneByOne.Length)], dice: _random.Next());
            await Task.Delay(_random.Next(10, 70), stop);
        }
    }

    async Task TakeServerAwayAsync(TimeSpan length, CancellationToken stop)
    {
        var left = Stopwatch.GetTimestamp();
        IsServerAway = true;
        server.GoAway();
        var answered = 0L;
        var back = 0L;
        try
        {
            await Task.Delay(length, stop);
        }
        finally
        {
            // every socket is cut off: nothing was answered for a while, and nothing is before it is back
            answered = tally.AnsweredCount;
            back = Stopwatch.GetTimestamp();
            Outage = new Outage { Length = Stopwatch.GetElapsedTime(left, back) };
            await server.ComeBackAsync();
            IsServerAway = false;
        }

        await WatchHealingAsync(answered, back, stop);
    }

    async Task WatchHealingAsync(long answered, long back, CancellationToken stop)
    {
        var outage = Outage!;
        for (var since = TimeSpan.Zero; since < HealingMax && outage is not { FirstAnswer: not null, Healed: not null };)
        {
            await Task.Delay(1, stop);
            since = Stopwatch.GetElapsedTime(back);
            if (outage.FirstAnswer is null && tally.AnsweredCount > answered)
            {
                outage = outage with { FirstAnswer = since };
            }

            if (outage.Healed is null && pool.Snapshot() is { Health: PoolHealth.Healthy } snapshot && snapshot.OldestWait < since)
            {
                outage = outage with { Healed = since };
            }

            Outage = outage;
        }
    }
}
