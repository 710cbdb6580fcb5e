using System.Collections.Concurrent;

namespace ActorPool.Actors;

/// <summary>
/// What happens, told to whoever wants to know. Subscribers are users' code: they run on the dispatcher, one event after
/// the other in the order of publication, never in a turn, and what they throw is caught.
/// </summary>
sealed class EventStream(IDispatcher dispatcher) : IThreadPoolWorkItem
{
    readonly ConcurrentQueue<object> _events = new();
    readonly Lock _lock = new();
    Action<object>[] _subscribers = [];
    int _scheduled;

    /// <summary>Queues an event; from anywhere, turns included.</summary>
    public void Publish(object happened)
    {
        if (Volatile.Read(ref _subscribers).Length == 0)
        {
            return;
        }

        _events.Enqueue(happened);
        Schedule();
    }

    /// <summary>Has every event from now on told to a subscriber, until the result is disposed.</summary>
    public IDisposable Subscribe(Action<object> subscriber)
    {
        lock (_lock)
        {
            Volatile.Write(ref _subscribers, [.. _subscribers, subscriber]);
        }

        return new Subscription(this, subscriber);
    }

    public void Execute()
    {
        while (_events.TryDequeue(out var happened))
        {
            foreach (var subscriber in Volatile.Read(ref _subscribers))
            {
                try
                {
                    subscriber(happened);
                }
#pragma warning disable CA1031 // a subscriber's error is its own; the next one still hears the event
                catch (Exception)
#pragma warning restore CA1031
                {
                }
            }
        }

        // Free the flag, then look again: an event that was queued after the last look and saw the flag set is not lost.
        Interlocked.Exchange(ref _scheduled, 0);
        if (!_events.IsEmpty)
        {
            Schedule();
        }
    }

    void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            dispatcher.Execute(this);
        }
    }

    sealed class Subscription(EventStream stream, Action<object> subscriber) : IDisposable
    {
        public void Dispose()
        {
            lock (stream._lock)
            {
                Volatile.Write(ref stream._subscribers, Array.FindAll(stream._subscribers, other => other != subscriber));
            }
        }
    }
}
