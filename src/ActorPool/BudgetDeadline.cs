namespace ActorPool;

/// <summary>
/// Until when pools may use the grants of a budget that can be cut off from who gives them. A pool looks at it before it
/// opens a connection or hands one out, with clocks read for the purpose: after a pause of the process (a stopped virtual machine, a
/// SIGSTOP) no timer has fired yet. All members may be called from any thread, and none blocks.
/// </summary>
/// <remarks>
/// Time is the larger of the monotonic clock's and the wall clock's: the monotonic one may stand still while a machine sleeps
/// (CLOCK_MONOTONIC on Linux does), and the wall clock may be set back.
/// </remarks>
public sealed class BudgetDeadline
{
    readonly TimeProvider _time;

    // Replaced as a whole, so that its two times belong together. Null: not yet.
    BudgetMoment? _due;

    /// <summary>Makes one that has passed: nothing may be used until it is set.</summary>
    /// <param name="time">The clocks; those of the pools' runtime.</param>
    public BudgetDeadline(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>Whether it has passed, by either clock.</summary>
    public bool HasPassed
    {
        get
        {
            var due = Volatile.Read(in _due);
            return due is null || due.HasPassed(_time);
        }
    }

    /// <summary>How long it is until then; zero once it has passed.</summary>
    public TimeSpan Remaining => Volatile.Read(in _due)?.Remaining(_time) ?? TimeSpan.Zero;

    /// <summary>Sets it, later or earlier than it was.</summary>
    /// <param name="from">When the time began to count, <see cref="BudgetMoment.Now"/> of that time.</param>
    /// <param name="lifetime">How long from there.</param>
    public void Set(BudgetMoment from, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(from);
        Volatile.Write(ref _due, from.After(lifetime, _time));
    }

    /// <summary>From now on it has passed.</summary>
    public void Expire() => Volatile.Write(ref _due, null);
}
