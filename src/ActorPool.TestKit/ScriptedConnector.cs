namespace ActorPool.TestKit;

/// <summary>
/// A connector that does what a test tells it: delay, fail, hang, die on cue. It keeps book of what the pool does to it, and
/// notes in <see cref="Violations"/> when the rules of <see cref="IConnector{TConnection}"/> are broken. Its members may be
/// called from any thread; on a <see cref="VirtualRuntime"/> all it does stays on the test's.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public sealed partial class ScriptedConnector<TConnection> : IConnector<TConnection>
    where TConnection : class
{
    readonly Lock _lock = new();
    readonly Func<OpenContext, ScriptedConnector<TConnection>, TConnection> _make;
    readonly Dictionary<TConnection, OpenContext> _open = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TConnection> _busy = new(ReferenceEqualityComparer.Instance);
    readonly List<ClosedConnection<TConnection>> _closed = [];
    readonly List<string> _violations = [];
    readonly List<TaskCompletionSource> _hung = [];
    int _opening;
    int _openedCount;
    int _sizeMax;

    /// <summary>Makes one.</summary>
    /// <param name="make">Makes a connection: a fake of the test's.</param>
    public ScriptedConnector(Func<OpenContext, TConnection> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        _make = (context, _) => make(context);
    }

    /// <summary>Makes one whose connections know it, so that their operations can be scripted: see <see cref="OperateAsync"/>.</summary>
    /// <param name="make">Makes a connection: a fake of the test's.</param>
    public ScriptedConnector(Func<OpenContext, ScriptedConnector<TConnection>, TConnection> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        _make = make;
    }

    /// <inheritdoc/>
    public ConnectorSteps Steps { get; init; } = ConnectorSteps.Probe | ConnectorSteps.Reuse;

    /// <summary>How opens go, while the server is up.</summary>
    public StepScript Opens { get; } = new();

    /// <summary>How probes go.</summary>
    public StepScript Probes { get; } = new();

    /// <summary>How resets go.</summary>
    public StepScript Resets { get; } = new();

    /// <summary>How closes go.</summary>
    public StepScript Closes { get; } = new();

    /// <summary>Which errors are harmless; null: none is.</summary>
    public Func<Exception, bool>? Harmless { get; set; }

    /// <summary>What kind of failure an open's error is; null: every one is transient.</summary>
    public Func<Exception, OpenFailureKind>? Kinds { get; set; }

    /// <summary>What a returned connection's look says; null: it is fit.</summary>
    public Func<TConnection, bool>? Returns { get; set; }

    /// <summary>Whether a returned connection has to be reset; null: every one has to, if there is a reset.</summary>
    public Func<TConnection, bool>? Leftovers { get; set; }

    /// <summary>Whether <see cref="IsReusable"/> calls dead connections alive. Default false.</summary>
    public bool LiesInIsReusable { get; set; }

    /// <summary>The connections that are open, in the order in which they opened.</summary>
    public IReadOnlyList<TConnection> Open => Locked(() => _open.Keys.ToArray());

    /// <summary>The connections that were closed, in that order.</summary>
    public IReadOnlyList<ClosedConnection<TConnection>> Closed => Locked(() => _closed.ToArray());

    /// <summary>
    /// What was done that must not be. Empty, or the test has found a defect: in the pool, or, if an operation was under way when
    /// the pool reset or probed its connection, in who had returned that.
    /// </summary>
    public IReadOnlyList<string> Violations => Locked(() => _violations.ToArray());

    /// <summary>How many connections have opened.</summary>
    public int OpenedCount => Volatile.Read(ref _openedCount);

    /// <summary>How many opens are under way.</summary>
    public int Opening => Volatile.Read(ref _opening);

    /// <summary>The most connections that were open or being opened at once.</summary>
    public int SizeMax => Volatile.Read(ref _sizeMax);

    /// <summary>Lets everything that hangs end: what heeds no token succeeds.</summary>
    public void ReleaseHung()
    {
        foreach (var hung in Locked(() => _hung.ToArray()))
        {
            WithoutContext.Run(static source => source.TrySetResult(), hung);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        Locked(() => _sizeMax = Math.Max(_sizeMax, _open.Count + ++_opening));
        try
        {
            await ReachServerAsync(context.TimeProvider, cancellationToken).ConfigureAwait(false);
            var connection = _make(context, this);
            Locked(() =>
            {
                _open.Add(connection, context);
                _openedCount++;
            });
            return connection;
        }
        finally
        {
            Locked(() => _opening--);
        }
    }

    /// <inheritdoc/>
    public ValueTask ProbeAsync(TConnection connection, CancellationToken cancellationToken) =>
        CheckAsync(connection, Probes, "probe", cancellationToken);

    /// <inheritdoc/>
    public ValueTask ResetAsync(TConnection connection, CancellationToken cancellationToken) =>
        CheckAsync(connection, Resets, "reset", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CloseAsync(TConnection connection, CloseReason reason)
    {
        var context = Begin(connection, "close");
        Locked(() => _closed.Add(new ClosedConnection<TConnection>(connection, reason)));
        try
        {
            await FollowAsync(Closes.Take(), context?.TimeProvider ?? TimeProvider.System, CancellationToken.None)
                .ConfigureAwait(false);
        }
        finally
        {
            Locked(() =>
            {
                _busy.Remove(connection);
                _open.Remove(connection);
            });
        }
    }

    /// <inheritdoc/>
    public bool IsFault(Exception error) => Harmless?.Invoke(error) != true;

    /// <inheritdoc/>
    public bool IsReusable(TConnection connection) => LiesInIsReusable || Locked(() => !_dead.ContainsKey(connection));

    /// <inheritdoc/>
    public bool TryReturn(TConnection connection) => Returns?.Invoke(connection) ?? true;

    /// <inheritdoc/>
    public bool NeedsReset(TConnection connection) => Leftovers?.Invoke(connection) ?? true;

    /// <inheritdoc/>
    public OpenFailureKind Classify(Exception error) => Kinds?.Invoke(error) ?? OpenFailureKind.Transient;

    async ValueTask CheckAsync(TConnection connection, StepScript script, string step, CancellationToken cancellationToken)
    {
        var context = Begin(connection, step);
        try
        {
            await FollowAsync(connection, script.Take(), context?.TimeProvider ?? TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            Locked(() => _busy.Remove(connection));
        }
    }

    OpenContext? Begin(TConnection connection, string step) => Locked(() =>
    {
        if (!_open.TryGetValue(connection, out var context))
        {
            _violations.Add($"a {step} of a connection that is not open");
        }

        if (!_busy.Add(connection))
        {
            _violations.Add($"a {step} of a connection while another step of it was under way");
        }

        if (step != "close" && _operating.ContainsKey(connection))
        {
            _violations.Add($"a {step} of a connection while an operation on it was under way");
        }

        return context;
    });

    /// <summary>As planned, unless death comes before.</summary>
    async ValueTask FollowAsync(TConnection connection, StepPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        var death = DeathOf(connection);
        await FollowAsync(death ?? plan, time, cancellationToken).ConfigureAwait(false);
        if (death is null && DeathOf(connection) is { } sudden)
        {
            await FollowAsync(sudden, time, cancellationToken).ConfigureAwait(false);
        }
    }

    async ValueTask FollowAsync(StepPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        if (plan.Delay != TimeSpan.Zero)
        {
            await WaitAsync(plan.Delay, time, plan.IsDeaf ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
        }

        if (plan.Error is not null)
        {
            throw plan.Error;
        }
    }

    /// <summary>
    /// Not Task.Delay: that continues on another thread when it is cancelled, and on virtual time everything must stay on
    /// the test's.
    /// </summary>
    async Task WaitAsync(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        if (delay == Timeout.InfiniteTimeSpan)
        {
            Locked(() => _hung.Add(over));
        }

        await using var timer = time
            .CreateTimer(static source => ((TaskCompletionSource)source!).TrySetResult(), over, delay, Timeout.InfiniteTimeSpan)
            .ConfigureAwait(false);

        // Not "await using": a cancellation's own callback, which may be what continues below, would be waited for elsewhere.
        using var registration = cancellationToken.UnsafeRegister(
            static (source, token) => WithoutContext.Run(end => end.Source.TrySetCanceled(end.Token), (Source: (TaskCompletionSource)source!, Token: token)),
            over);
        await over.Task.ConfigureAwait(false);
    }

    TResult Locked<TResult>(Func<TResult> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    void Locked(Action write)
    {
        lock (_lock)
        {
            write();
        }
    }
}
