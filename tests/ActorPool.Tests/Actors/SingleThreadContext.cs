using System.Collections.Concurrent;

namespace ActorPool.Tests.Actors;

/// <summary>A synchronization context with one thread, as a user interface has, or an actor of another system.</summary>
sealed class SingleThreadContext : SynchronizationContext, IDisposable
{
    readonly BlockingCollection<(SendOrPostCallback, object?)> _work = [];
    readonly Thread _thread;

    public SingleThreadContext()
    {
        _thread = new Thread(() =>
        {
            SetSynchronizationContext(this);
            foreach (var (callback, state) in _work.GetConsumingEnumerable())
            {
                callback(state);
            }
        })
        {
            IsBackground = true,
        };
        _thread.Start();
    }

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    public Task<TResult> Run<TResult>(Func<Task<TResult>> work)
    {
        var result = new TaskCompletionSource<Task<TResult>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => result.SetResult(work()), null);
        return result.Task.Unwrap();
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }
}
