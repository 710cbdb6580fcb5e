using ActorPool.Endpoints;
using ActorPool.TestKit;

namespace ActorPool.Stress;

/// <summary>
/// A pool of one connection on virtual time, whose opens and closes are over at once, and what its callers have seen. Used
/// again for later runs: what it counts is compared with what it had counted before.
/// </summary>
#pragma warning disable CA1001 // the source has neither timer nor wait handle: there is nothing to dispose of
sealed class PoolState
#pragma warning restore CA1001
{
    /// <summary>The answers of an acquire, as <see cref="Answer"/> reads them.</summary>
    public const int Pending = 0;
    public const int Granted = 1;
    public const int Cancelled = 2;
    public const int TimedOut = 3;
    public const int HolderEnded = 4;
    public const int Cut = 5;

    static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    static readonly EndpointSupervisor[] Others = [.. Enumerable.Range(0, 8).Select(_ => NewOther())];

    readonly VirtualTime _time = new();
    readonly CountingConnector _connector;
    CancellationTokenSource _cancellation = new();
    PoolSnapshot _before;

    public PoolState(int actors, ConnectorSteps steps = ConnectorSteps.None)
    {
        Seen = new int[actors];
        Leases = new Lease<Connection>[actors];
        _connector = new CountingConnector(this, steps);
        Pool = ConnectionPool.Create(
            _connector,
            new PoolOptions
            {
                MaxSize = 1,
                AcquireTimeout = Timeout,
                ConnectTimeout = System.Threading.Timeout.InfiniteTimeSpan,
                ResetTimeout = System.Threading.Timeout.InfiniteTimeSpan,
                IdleTimeout = System.Threading.Timeout.InfiniteTimeSpan,
                MaxLifetime = System.Threading.Timeout.InfiniteTimeSpan,
                KeepaliveInterval = System.Threading.Timeout.InfiniteTimeSpan,
            },
            new PoolRuntime { Dispatcher = LocalDispatcher.Instance, TimeProvider = _time });
        _before = Pool.Snapshot();
    }

    /// <summary>Which actor the calling thread is, for what connectors are asked on its way.</summary>
    [field: ThreadStatic]
    public static int Me { get; set; }

    public ConnectionPool<Connection> Pool { get; }

    /// <summary>The lease that is out when the actors come, and its connection.</summary>
    public Lease<Connection> Lease { get; private set; }

    public Connection? Mine { get; private set; }

    /// <summary>Who has it, if it was asked for; ends when an actor says so.</summary>
    public LeaseScope? Scope { get; private set; }

    /// <summary>An acquire that waits, or is made by an actor.</summary>
    public ValueTask<LeaseReply<Connection>> Wait { get; set; }

    /// <summary>What <see cref="Wait"/> has brought, once it was taken.</summary>
    public LeaseReply<Connection>? Reply { get; set; }

    /// <summary>What each actor has seen, and leased.</summary>
    public int[] Seen { get; }

    public Lease<Connection>[] Leases { get; }

    /// <summary>How many have the connection; broken if ever two had it.</summary>
    public int Holders;
    public int Broken;

    /// <summary>How often the connector was asked since the state was renewed, and who was the last on whose way.</summary>
    public int Looks => Volatile.Read(ref _connector.Looks);

    public int LookedBy => _connector.LookedBy;

    public int Resets => Volatile.Read(ref _connector.Resets);

    /// <summary>As good as new, with the connection leased; for a scope, if one is wanted.</summary>
    public void Renew(bool scoped = false)
    {
        Return(Lease);
        Return(Reply?.Lease ?? default);
        foreach (var lease in Leases)
        {
            Return(lease);
        }

        // Past every deadline, so that the clock's timers do not pile up.
        _time.Advance(Timeout * 2);
        LocalDispatcher.RunAll();
        Array.Clear(Seen);
        Array.Clear(Leases);
        (Wait, Reply, Holders, Broken) = (default, null, 0, 0);
        (_connector.Looks, _connector.Resets, _connector.LookedBy) = (0, 0, -1);
        Scope = scoped ? new LeaseScope("scope") : null;
        Lease = Acquired(Ask(Scope));
        Mine = Lease.Connection;
    }

    /// <summary>Lets somebody wait for the lease.</summary>
    public void Queue(bool scoped = false)
    {
        if (!_cancellation.TryReset())
        {
            _cancellation = new CancellationTokenSource();
        }

        Scope = scoped ? new LeaseScope("scope") : Scope;
        Wait = Ask(scoped ? Scope : null, _cancellation.Token);
    }

    /// <summary>Acquires.</summary>
    public ValueTask<LeaseReply<Connection>> Ask(LeaseScope? scope = null, CancellationToken cancellationToken = default) =>
        Pool.Ref.Ask(new AcquireLease(Holder: scope), cancellationToken);

    /// <summary>Has the scope's end told to several other pools, after this one.</summary>
    public void JoinOthers()
    {
        foreach (var other in Others)
        {
            Scope!.Join(other);
        }
    }

    /// <summary>Who waits gives up.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Time passes, and with it the patience of who waits.</summary>
    public void LetTimeOut() => _time.Advance(Timeout);

    /// <summary>What <see cref="Wait"/> has brought; a lease must be good.</summary>
    public int Answer()
    {
        if (Reply is null)
        {
            if (!Wait.IsCompleted)
            {
                return Pending;
            }

            Reply = Wait.GetAwaiter().GetResult();
        }

        return Reply.Value switch
        {
            { IsSuccess: true, Lease.IsActive: true } => Granted,
            { IsSuccess: true } => Cut,
            { Failure: OperationCanceledException { CancellationToken.CanBeCanceled: true } } => Cancelled,
            { Failure: OperationCanceledException } => HolderEnded,
            { Failure: AcquireTimeoutException } => TimedOut,
            _ => throw new InvalidOperationException("An acquire failed otherwise than it may.", Reply.Value.Failure),
        };
    }

    /// <summary>What has changed since it was asked last: repeated releases, revoked leases, closed connections.</summary>
    public (PoolSnapshot Now, int Repeats, int Revoked, int Closed) Changes()
    {
        var (before, now) = (_before, Pool.Snapshot());
        _before = now;
        return (
            now,
            (int)(now.RepeatedReleases - before.RepeatedReleases),
            (int)(now.Revoked - before.Revoked),
            (int)(now.Closed.Values.Sum() - before.Closed.Values.Sum()));
    }

    /// <summary>The lease of an acquire that has it at once, or after what is to be done on this thread.</summary>
    public static Lease<Connection> Acquired(ValueTask<LeaseReply<Connection>> acquire)
    {
        LocalDispatcher.RunAll();
        return !acquire.IsCompleted ? throw new InvalidOperationException("The pool does not open its connection.")
            : acquire.GetAwaiter().GetResult() is { IsSuccess: true } reply ? reply.Lease
            : throw new InvalidOperationException("The pool gives no lease.");
    }

    /// <summary>The promise that a lease was waited for with.</summary>
    public static Waiter? WaiterOf(Lease<Connection> lease) => lease.Seat?.Waiter;

    static EndpointSupervisor NewOther() => ConnectionPool.Create(
        Connector.Create<Connection>(static (_, _) => new(new Connection())),
        new PoolOptions(),
        new PoolRuntime { Dispatcher = LocalDispatcher.Instance, TimeProvider = new VirtualTime() }).Supervisor;

    // None is returned twice: that would be counted.
    static void Return(Lease<Connection> lease)
    {
        if (lease.IsActive)
        {
            lease.Dispose();
        }
    }

    public sealed class Connection;

    sealed class CountingConnector(PoolState state, ConnectorSteps steps) : IConnector<Connection>
    {
        public int Looks;
        public int Resets;
        public int LookedBy;

        public ConnectorSteps Steps => steps;

        public ValueTask<Connection> OpenAsync(OpenContext context, CancellationToken cancellationToken) => new(new Connection());

        public ValueTask CloseAsync(Connection connection, CloseReason reason) => default;

        public ValueTask ResetAsync(Connection connection, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref Resets);
            return default;
        }

        public bool TryReturn(Connection connection)
        {
            Interlocked.Increment(ref Looks);
            LookedBy = Me;
            return ReferenceEquals(connection, state.Mine);
        }
    }
}
