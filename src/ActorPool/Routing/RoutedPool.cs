using System.Runtime.ExceptionServices;
using ActorPool.Endpoints;
using ActorPool.Errors;

namespace ActorPool.Routing;

/// <summary>
/// A pool of a directory, from the moment that somebody wants it. Its maker fills it in; the links and names belong to the
/// router's turn.
/// </summary>
sealed class RoutedPool(Endpoint endpoint)
{
    readonly TaskCompletionSource<Exception?> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Who makes it, so that one whose factory asks for the very pool that it is to make does not wait for itself.
    volatile int _makerThreadId;

    /// <summary>Its neighbours in the order of use.</summary>
    public RoutedPool? Older, Newer;

    /// <summary>Whether it was made and not put out since.</summary>
    public bool IsListed;

    /// <summary>The ways to write its endpoint that were used, a few of them.</summary>
    public List<string>? Names;

    /// <summary>Whose pool it is.</summary>
    public Endpoint Endpoint { get; } = endpoint;

    /// <summary>The pool, of a type that the directory knows. Valid once it is made.</summary>
    public object? Pool { get; private set; }

    /// <summary>Its supervisor. Valid once it is made.</summary>
    public EndpointSupervisor? Supervisor { get; private set; }

    /// <summary>Ends when it is made, or its maker has failed: then with the error.</summary>
    public Task<Exception?> WhenMade => _made.Task;

    Func<TimeSpan?, Task>? Drain { get; set; }

    /// <summary>By the maker, before anything else: the router's turn, in which this was made, may have been another's.</summary>
    public void BeginMaking() => _makerThreadId = Environment.CurrentManagedThreadId;

    /// <summary>By the maker, before the router is told.</summary>
    public void Fill(object pool, EndpointSupervisor supervisor, Func<TimeSpan?, Task> drain)
    {
        Pool = pool;
        Supervisor = supervisor;
        Drain = drain;
    }

    /// <summary>By the maker, after the router was told: lets those who wait for the pool go on.</summary>
    public void Announce(Exception? error) => _made.SetResult(error);

    /// <summary>Waits, in a way that the thread pool notices, until the pool is made. Throws what its maker met.</summary>
    public void AwaitMade()
    {
        if (_makerThreadId == Environment.CurrentManagedThreadId && !_made.Task.IsCompleted)
        {
            throw RoutingErrors.MadeWithinItself(Endpoint);
        }

        _made.Task.Wait();
        if (_made.Task.Result is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Drains the pool, once it is made; nothing if it never was.</summary>
    public async Task DrainAsync(TimeSpan? deadline)
    {
        if (await _made.Task.ConfigureAwait(false) is null)
        {
            await Drain!(deadline).ConfigureAwait(false);
        }
    }
}
