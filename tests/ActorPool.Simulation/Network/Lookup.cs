using System.Net;

namespace ActorPool.Simulation.Network;

/// <summary>A name that is being looked up.</summary>
sealed class Lookup : IDisposable
{
    readonly TaskCompletionSource<IReadOnlyList<IPAddress>> _answer = new();
    readonly ITimer _timer;

    /// <param name="fate">How it goes.</param>
    /// <param name="time">Whose clock the timeout is of.</param>
    /// <param name="timeout">After this time nobody wants to know any more.</param>
    public Lookup(Fate fate, TimeProvider time, TimeSpan timeout)
    {
        Fate = fate;

        // Set just after the group's own: whatever it does at that moment is done.
        _timer = time.CreateTimer(static lookup => ((Lookup)lookup!).IsGivenUp = true, this, timeout, Timeout.InfiniteTimeSpan);
    }

    public Fate Fate { get; set; }

    /// <summary>Whether the group has stopped waiting for it.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Whether it can end now.</summary>
    public bool CanEnd => IsGivenUp || Fate != Fate.Lost;

    public ValueTask<IReadOnlyList<IPAddress>> Answer => new(_answer.Task);

    public void Dispose() => _timer.Dispose();

    public void End(IPAddress[] addresses) => _answer.SetResult(addresses);

    public void Fail(Exception error) => _answer.SetException(error);
}
