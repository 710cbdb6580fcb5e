using System.Globalization;
using System.Runtime.CompilerServices;

namespace ActorPool.TestKit;

/// <summary>Virtual time, driven until something has come about; and what is said if it does not.</summary>
public sealed partial class VirtualRuntime
{
    readonly List<IConnectionPool> _listenedTo = [];

    /// <summary>Runs what is ready and moves the clock, timer by timer, until a condition is met. It is looked at at every stop.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="within">The limit, in virtual time; not negative. Null is one minute. Zero: without the clock moving.</param>
    /// <param name="what">What the error calls the condition; by default its text in the source.</param>
    /// <exception cref="ExpectationException">It is not met in time; the message says what there is that could still happen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public void RunUntil(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = LimitOf(within);
        if (!Drive(condition, limit))
        {
            throw new ExpectationException($"Not over within {Seconds(limit)} of virtual time: {what}\n{Pending()}");
        }
    }

    /// <summary>Hears every event of a pool from now on, so that a test can expect some.</summary>
    /// <param name="pool">A pool of this runtime.</param>
    /// <returns>The probe. Errors of this runtime show its pool's numbers.</returns>
    public EventProbe Listen(IConnectionPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (!_listenedTo.Contains(pool))
        {
            _listenedTo.Add(pool);
        }

        return new EventProbe(this, pool);
    }

    internal static TimeSpan LimitOf(TimeSpan? within)
    {
        var limit = within ?? PatienceDefault;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero, nameof(within));
        return limit;
    }

    internal static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    /// <summary>Drives until the condition is met, true, or the clock has moved so far, false.</summary>
    internal bool Drive(Func<bool> isOver, TimeSpan time)
    {
        var end = Time.Elapsed + time;
        while (true)
        {
            Settle(isOver);
            if (isOver())
            {
                return true;
            }

            if (Time.NextTimerIn is not { } next || Time.Elapsed + next > end)
            {
                Time.Advance(end - Time.Elapsed);
                return isOver();
            }

            Time.Advance(next);
        }
    }

    /// <summary>Runs what is ready, and what other threads bring as long as they are waited for.</summary>
    void Settle(Func<bool> isOver)
    {
        Run();
        while (ThreadPatience > TimeSpan.Zero && !isOver())
        {
            Dispatcher.ForgetNews();
            Run();
            if (isOver() || !Dispatcher.WaitForNews(ThreadPatience))
            {
                return;
            }
        }
    }

    /// <summary>What there is that could still happen; for errors.</summary>
    internal string Pending()
    {
        var ready = Dispatcher.Count == 0 ? "no work is ready" : $"work is ready ({Dispatcher.Count})";
        var timers = Time.NextTimerIn is { } next
            ? $"the next timer is due in {Seconds(next)} ({Time.TimerCount} set)"
            : "no timer is set, so that nothing more will happen by itself";
        var pools = string.Concat(_listenedTo.Select(pool => $"\n{pool.Snapshot()}"));
        return $"""
            The clock shows {Seconds(Time.Elapsed)}; {ready}; {timers}.{pools}
            What other threads do is waited for if {nameof(ThreadPatience)} says so, which is {Seconds(ThreadPatience)} of real time. Seed: {Random.Seed}.
            """;
    }
}
