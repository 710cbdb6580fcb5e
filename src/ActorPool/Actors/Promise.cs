using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace ActorPool.Actors;

/// <summary>
/// The waiting half of an ask, reusable: awaitable without allocation (a <see cref="ValueTask"/> source), completed as an
/// effect, and its own work item: an awaiter never continues on the stack of whoever completed it. Follows
/// <see cref="ManualResetValueTaskSourceCore{TResult}"/>, which would allocate a work item at each completion.
/// </summary>
abstract class Promise(IDispatcher dispatcher) : Effect, IThreadPoolWorkItem
{
    const string AwaitedTwice = "This ValueTask was awaited before; a ValueTask can be awaited once.";

    // Stands in the continuation's place when completion came before the awaiter.
    static readonly Action<object?> Early = static _ => Invariant.Broken("the mark of an early completion was invoked");

    // The one place where awaiter and completer meet: null, then the continuation or Early, whoever comes first.
    Action<object?>? _continuation;
    object? _state;
    object? _context;
    ExecutionContext? _executionContext;
    bool _completed;

    // Whoever blocks on this promise instead of awaiting it; see Block.
    TaskCompletionSource? _blocked;

    /// <summary>What a <see cref="ValueTask"/> of this promise carries, so that one from an earlier use is refused.</summary>
    public short Token { get; private set; }

    protected IDispatcher Dispatcher { get; } = dispatcher;

    /// <summary>Completes it: the result must be in place. The completer must not touch the promise afterwards.</summary>
    public sealed override EffectList Run()
    {
        // A blocked thread is woken directly: the pool's threads may all be blocked.
        if (_blocked is { } blocked)
        {
            blocked.SetResult();
            return default;
        }

        Volatile.Write(ref _completed, true);

        // Until this exchange the promise does not count as completed (see StatusOf), so nobody can have taken the result
        // and put the promise to its next use under our hands.
        if (Interlocked.CompareExchange(ref _continuation, Early, null) is not null)
        {
            Dispatcher.Execute(this);
        }

        return default;
    }

    /// <summary>Instead of awaiting: blocks until completion or for as long as it takes. True if completed.</summary>
    /// <remarks>The task must be made before the promise can be completed: see <see cref="PrepareBlock"/>.</remarks>
    public bool Block(TimeSpan timeout) => _blocked!.Task.Wait(timeout);

    /// <summary>Before the promise is given away: says that it will be blocked on.</summary>
    public void PrepareBlock() => _blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Continues the awaiter, on the dispatcher or where its context wants it.</summary>
    public void Execute()
    {
        if (_executionContext is { } executionContext)
        {
            ExecutionContext.Run(executionContext, static promise => ((Promise)promise!).Continue(), this);
        }
        else
        {
            Continue();
        }
    }

    // Lets go of the awaiter: a promise may be kept for as long as what it has given, and a task that holds that must be free
    // to become garbage (LeaseSentinel).
    void Continue()
    {
        var (continuation, state, context) = (_continuation!, _state, _context);
        (_state, _context, _executionContext) = (null, null, null);
        if (context is not null)
        {
            ContinueIn(context, continuation, state);
        }
        else
        {
            continuation(state);
        }
    }

    /// <summary>Makes it ready for its next use. Only when nobody can have a hand on it any more.</summary>
    protected void Reset()
    {
        _continuation = null;
        _state = null;
        _context = null;
        _executionContext = null;
        _blocked = null;
        _completed = false;
    }

    /// <summary>The result was taken: the token is worn out.</summary>
    protected void Retire() => Token++;

    /// <summary>Pending; or null if it has ended, and its outcome may be looked at.</summary>
    /// <param name="token">What the <see cref="ValueTask"/> carries.</param>
    protected ValueTaskSourceStatus? StatusOf(short token)
    {
        CheckToken(token);

        // Both, for the reason given in Run.
        return Volatile.Read(ref _continuation) is null || !Volatile.Read(ref _completed) ? ValueTaskSourceStatus.Pending : null;
    }

    protected void CheckToken(short token)
    {
        if (token != Token)
        {
            throw new InvalidOperationException(AwaitedTwice);
        }
    }

    /// <summary>Before the result is taken through a <see cref="ValueTask"/>: it must be there.</summary>
    protected void CheckCompleted(short token)
    {
        if (StatusOf(token) is not null)
        {
            throw new InvalidOperationException("This ValueTask is not complete: await it, or use AsTask() to block on it.");
        }
    }

    /// <summary>The awaiter wants to be continued.</summary>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckToken(token);
        if (Volatile.Read(ref _continuation) is { } other && !ReferenceEquals(other, Early))
        {
            throw new InvalidOperationException(AwaitedTwice);
        }

        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
        {
            _executionContext = ExecutionContext.Capture();
        }

        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0)
        {
            _context = CaptureContext();
        }

        _state = state;

        // Publishes the fields above to the completer, who runs the continuation.
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
        {
            // Completion came first and has left (somebody else's continuation was refused above): we are alone. Still not
            // on this stack, which is the awaiter's own.
            _continuation = continuation;
            Dispatcher.Execute(this);
        }
    }

    static object? CaptureContext()
    {
        if (SynchronizationContext.Current is { } synchronization && synchronization.GetType() != typeof(SynchronizationContext))
        {
            return synchronization;
        }

        return TaskScheduler.Current != TaskScheduler.Default ? TaskScheduler.Current : null;
    }

    // A method of its own, so that only who needs it pays for its closure.
    static void ContinueIn(object context, Action<object?> continuation, object? state)
    {
        switch (context)
        {
            case SynchronizationContext synchronization:
                synchronization.Post(static work => ((Action)work!)(), () => continuation(state));
                break;
            case TaskScheduler scheduler:
                _ = Task.Factory.StartNew(continuation, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Throws an error with the stack that it had.</summary>
    protected static void Throw(Exception error) => ExceptionDispatchInfo.Throw(error);
}
