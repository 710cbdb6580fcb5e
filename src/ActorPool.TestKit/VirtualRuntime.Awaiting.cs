using System.Runtime.CompilerServices;

namespace ActorPool.TestKit;

/// <summary>Operations of the code under test: begun, and driven to their end.</summary>
public sealed partial class VirtualRuntime
{
    static readonly TimeSpan PatienceDefault = TimeSpan.FromMinutes(1);

    TimeSpan _threadPatience;

    /// <summary>
    /// How long, in <b>real</b> time, the clock waits before it moves, and a test before it gives up, for what other threads may
    /// bring. Default zero: for code that stays on the test's thread, which is deterministic. Not negative. Needed for code
    /// that goes elsewhere of its own accord (<c>Task.Run</c>, <see cref="Task.Yield"/>, a contended
    /// <see cref="SemaphoreSlim"/>, channels, a <c>Task.Delay</c> that is cancelled, sockets and files); every move of the clock then costs that much.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan ThreadPatience
    {
        get => _threadPatience;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _threadPatience = value;
        }
    }

    /// <summary>
    /// Begins an operation and runs what is ready; the clock stands still. The operation runs on this thread without a
    /// synchronization context: that of a test framework would continue it on other threads.
    /// </summary>
    /// <param name="operation">Begins it.</param>
    /// <returns>The operation, over or not. <see cref="Await(Task, TimeSpan?, string)"/> drives it on.</returns>
    public Task Start(Func<Task> operation) => Begin(operation);

    /// <inheritdoc cref="Start(Func{Task})"/>
    public Task<TResult> Start<TResult>(Func<Task<TResult>> operation) => Begin(operation);

    /// <inheritdoc cref="Start(Func{Task})"/>
    [OverloadResolutionPriority(-1)]
    public Task Start(Func<ValueTask> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Begin(() => operation().AsTask());
    }

    /// <inheritdoc cref="Start(Func{Task})"/>
    [OverloadResolutionPriority(-1)]
    public Task<TResult> Start<TResult>(Func<ValueTask<TResult>> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Begin(() => operation().AsTask());
    }

    /// <summary>
    /// Does something that may continue operations, such as cancelling a token, without a synchronization context, and runs what
    /// is ready. The clock stands still.
    /// </summary>
    /// <param name="action">What to do.</param>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        WithoutContext.Run(static act => act(), action);
        Run();
    }

    /// <summary>
    /// Runs what is ready and moves the clock, timer by timer, until a task is over. Throws what the task throws.
    /// </summary>
    /// <param name="task">The task; one that was begun by <see cref="Start(Func{Task})"/>, so that it stays on this thread.</param>
    /// <param name="within">The limit, in virtual time; not negative. Null is one minute. Zero: without the clock moving.</param>
    /// <param name="what">What the error calls the task; by default its text in the source.</param>
    /// <exception cref="ExpectationException">The task is not over in time; the message says what there is that could end it.</exception>
    public void Await(Task task, TimeSpan? within = null, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(task);
        WaitFor(task, within, what);
        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Await(Task, TimeSpan?, string)"/>
    /// <returns>The task's result.</returns>
    public TResult Await<TResult>(
        Task<TResult> task, TimeSpan? within = null, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(task);
        WaitFor(task, within, what);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Begins an operation and drives it to its end: <see cref="Start(Func{Task})"/> and <see cref="Await(Task, TimeSpan?, string)"/>.</summary>
    /// <param name="operation">Begins it.</param>
    /// <param name="within">The limit, in virtual time; not negative. Null is one minute. Zero: without the clock moving.</param>
    /// <param name="what">What the error calls the operation; by default its text in the source.</param>
    /// <exception cref="ExpectationException">The operation is not over in time; the message says what there is that could end it.</exception>
    public void Await(Func<Task> operation, TimeSpan? within = null, [CallerArgumentExpression(nameof(operation))] string what = "") =>
        Await(Start(operation), within, what);

    /// <inheritdoc cref="Await(Func{Task}, TimeSpan?, string)"/>
    /// <returns>The operation's result.</returns>
    public TResult Await<TResult>(
        Func<Task<TResult>> operation, TimeSpan? within = null, [CallerArgumentExpression(nameof(operation))] string what = "") =>
        Await(Start(operation), within, what);

    /// <inheritdoc cref="Await(Func{Task}, TimeSpan?, string)"/>
    [OverloadResolutionPriority(-1)]
    public void Await(
        Func<ValueTask> operation, TimeSpan? within = null, [CallerArgumentExpression(nameof(operation))] string what = "") =>
        Await(Start(operation), within, what);

    /// <inheritdoc cref="Await(Func{Task}, TimeSpan?, string)"/>
    /// <returns>The operation's result.</returns>
    [OverloadResolutionPriority(-1)]
    public TResult Await<TResult>(
        Func<ValueTask<TResult>> operation, TimeSpan? within = null, [CallerArgumentExpression(nameof(operation))] string what = "") =>
        Await(Start(operation), within, what);

    TTask Begin<TTask>(Func<TTask> operation)
        where TTask : Task
    {
        ArgumentNullException.ThrowIfNull(operation);
        TTask? task = null;
        WithoutContext.Run<Action>(static begin => begin(), () => task = operation());
        Run();
        return task ?? throw new InvalidOperationException("The operation gave null in place of a task.");
    }

    void WaitFor(Task task, TimeSpan? within, string what)
    {
        // Whoever waits for other threads is to hear of a task that ends on one of them.
        if (ThreadPatience > TimeSpan.Zero)
        {
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Dispatcher.Signal);
        }

        RunUntil(() => task.IsCompleted, within, what);
    }
}
