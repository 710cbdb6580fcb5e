using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>
/// One pool as an actor, <c>/user/actorpool/&lt;name&gt;</c>: what it is asked it asks the pool, and it watches who holds leases. The pool's own
/// supervisor decides everything.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
sealed class PoolEndpoint<TConnection> : UntypedActor, IWithTimers
    where TConnection : class
{
    static readonly object TurnDue = new();

    readonly IConnectionPool<TConnection> _pool;
    readonly TimeSpan _turnEvery;
    readonly LeaseOffers<TConnection> _offers = new();
    readonly HolderWatch _holders;
    readonly Notices _notices;

    /// <param name="pool">The pool.</param>
    /// <param name="claimTimeout">How long a lease that was granted may go unclaimed.</param>
    public PoolEndpoint(IConnectionPool<TConnection> pool, TimeSpan claimTimeout)
        : this(pool, claimTimeout, directory: null)
    {
    }

    /// <param name="pool">The pool.</param>
    /// <param name="claimTimeout">How long a lease that was granted may go unclaimed.</param>
    /// <param name="directory">The directory's actor, which is told when the pool is closed and then ends this one; null where the pool is there for good.</param>
    public PoolEndpoint(IConnectionPool<TConnection> pool, TimeSpan claimTimeout, IActorRef? directory)
    {
        _pool = pool;
        _turnEvery = claimTimeout / LeaseOffers<TConnection>.TurnsToClaim;
        _holders = new HolderWatch(Context);
        _notices = Notices.Begin(Context, pool, directory);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        if (HolderWatch.IsRemote(Sender))
        {
            Answers.Refuse(Sender, message, RemoteErrors.Local(_pool.Name, Sender));
            return;
        }

        try
        {
            Handle(message);
        }
        catch (Exception error)
        {
            // Nobody else would tell him; the supervisor logs it, and this actor goes on.
            Answers.Refuse(Sender, message, error);
            throw;
        }
    }

    protected override void PostStop()
    {
        _notices.Dispose();
        _offers.TakeBackAll();
        _holders.EndAll();
    }

    void Handle(object message)
    {
        switch (message)
        {
            case AcquireLease request:
                Acquire(request);
                break;
            case ReleaseLease<TConnection> release:
                Release(release);
                break;
            case MarkFaulty<TConnection> faulty:
                faulty.Lease.MarkFaulty(faulty.Fault);
                break;
            case LeaseGranted<TConnection> granted:
                Expect(granted);
                break;
            case PoolCommand command:
                _ = _pool.Ref.Ask(command).AsTask().PipeTo(Sender, Self);
                break;
            case Subscribe:
                AddSubscriber();
                break;
            case Unsubscribe:
                _notices.Remove(Sender);
                break;
            case ForPool forPool:
                Answers.Refuse(Sender, forPool.Message, new InvalidOperationException(ProblemOf(forPool)));
                break;
            case Terminated { ActorRef: var stopped }:
                _notices.Remove(stopped);
                _holders.End(stopped);
                break;
            case var _ when message == TurnDue:
                Turn();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    string ProblemOf(ForPool forPool) => forPool.Key is { } key
        ? $"Pool '{_pool.Name}' is no directory, and has no pool '{key}' in it: leave out ForPool.Key."
        : $"Pool '{_pool.Name}' takes messages as they are: ForPool is for /user/{PoolRouter.Name}.";

    void AddSubscriber()
    {
        if (!HolderWatch.IsWatchable(Sender))
        {
            Answers.Refuse(Sender, Subscribe.Instance, new InvalidOperationException(
                $"{Sender} cannot be told the events of pool '{_pool.Name}': it is no actor, such as the sender of an Ask. Send Subscribe by Tell, from an actor or with one as the sender."));
            return;
        }

        _notices.Add(Sender);
        Sender.Tell(new Subscribed(_pool.Name));
    }

    void Acquire(AcquireLease request)
    {
        if (!_holders.TryFind(request.Holder, Sender, out var holder, out var refusal))
        {
            Sender.Tell(new LeaseRefused(refusal));
            return;
        }

        ValueTask<Lease<TConnection>> acquiring;
        try
        {
            acquiring = _pool.AcquireAsync(request with { Holder = holder });
        }
        catch (ArgumentException error)
        {
            Sender.Tell(new LeaseRefused(error));
            return;
        }

        if (!acquiring.IsCompletedSuccessfully)
        {
            _ = AnswerAsync(acquiring, Sender, Self);
            return;
        }

        var granted = new LeaseGranted<TConnection>(acquiring.Result);
        Expect(granted);
        Sender.Tell(granted);
    }

    /// <summary>Whoever waits is answered from where he is served, whatever this actor does then.</summary>
    static async Task AnswerAsync(ValueTask<Lease<TConnection>> acquiring, IActorRef asker, IActorRef self)
    {
        try
        {
            var granted = new LeaseGranted<TConnection>(await acquiring.ConfigureAwait(false));
            self.Tell(granted, ActorRefs.NoSender);
            asker.Tell(granted, self);
        }
        catch (Exception error)
        {
            asker.Tell(new LeaseRefused(error), self);
        }
    }

    void Expect(LeaseGranted<TConnection> granted)
    {
        if (_offers.Count == 0)
        {
            Timers.StartPeriodicTimer(TurnDue, TurnDue, _turnEvery);
        }

        _offers.Add(granted);
    }

    void Turn()
    {
        _offers.Turn();
        if (_offers.Count == 0)
        {
            Timers.Cancel(TurnDue);
        }
    }

    void Release(ReleaseLease<TConnection> release)
    {
        try
        {
            _pool.Ref.Tell(release);
        }
        catch (ForeignLeaseException error)
        {
            Sender.Tell(new Status.Failure(error));
        }
    }
}
