using ActorPool.Budgets;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// The keeper of the budgets, of which the cluster has one at a time: takes what nodes ask for, as many at once as there are, has the
/// <see cref="RecordKeeper"/> carry it out, answers, and tells who watches.
/// </summary>
sealed class KeeperActor : ReceiveActor, IWithTimers
{
    const string Again = "again";
    const int RoundMax = 1_000;
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    readonly ICopies _copies;
    readonly Cluster _cluster = Cluster.Get(Context.System);
    readonly ILoggingAdapter _log = Context.GetLogger();
    readonly Queue<Asked> _waiting = new();
    readonly KeeperWatchers _watchers = new();
    RecordKeeper? _keeper;
    IReadOnlyList<Asked> _round = [];
    TimeSpan _pause;
    bool _isBusy;
    bool _isPausing;
    bool _mustSpread;

    public KeeperActor(ICopies copies)
    {
        _copies = copies;
        Receive<CommitRequest>(request =>
        {
            _waiting.Enqueue(new Asked(request.Transaction, Sender));
            Go();
        });
        Receive<WatchRecord>(watch =>
        {
            _watchers.Add(watch, Context.Watch(Sender));
            Sender.Tell(new WatchStands());
        });
        Receive<UnwatchRecord>(watch => _watchers.Remove(watch, Sender));
        Receive<Terminated>(gone => _watchers.Remove(gone.ActorRef));
        Receive<ClusterEvent.IMemberEvent>(_ =>
        {
            _mustSpread = true;
            Go();
        });
        Receive<TookOver>(OnTookOver);
        Receive<RoundDone>(OnRoundDone);
        Receive<Status.Failure>(failure => OnFailed(failure.Cause is AggregateException { InnerException: { } cause } ? cause : failure.Cause));
        Receive<string>(static text => text == Again, _ =>
        {
            _isPausing = false;
            Go();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.MemberRemoved));
        Go();
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        Refuse(KeeperErrors.Moves());
    }

    void Go()
    {
        if (_isBusy || _isPausing)
        {
            return;
        }

        if (_keeper is null)
        {
            _isBusy = true;
            _ = TakeOverAsync(new RecordKeeper(Guid.NewGuid().ToString("n")[..12], _copies)).PipeTo(Self);
        }
        else if (_waiting.Count > 0 || _mustSpread)
        {
            _isBusy = true;
            _round = [.. Enumerable.Range(0, Math.Min(RoundMax, _waiting.Count)).Select(_ => _waiting.Dequeue())];
            _ = RoundAsync(_keeper, _mustSpread, [.. _round.Select(static asked => asked.Transaction)]).PipeTo(Self);
            _mustSpread = false;
        }
    }

    static async Task<TookOver> TakeOverAsync(RecordKeeper keeper)
    {
        await keeper.TakeOverAsync().ConfigureAwait(false);
        return new TookOver(keeper);
    }

    static async Task<RoundDone> RoundAsync(RecordKeeper keeper, bool mustSpread, GrantTransaction[] transactions)
    {
        if (mustSpread)
        {
            await keeper.SpreadAsync().ConfigureAwait(false);
        }

        return new RoundDone(transactions.Length == 0 ? [] : await keeper.CommitAsync(transactions).ConfigureAwait(false));
    }

    void OnTookOver(TookOver took)
    {
        (_keeper, _isBusy, _pause) = (took.Keeper, false, TimeSpan.Zero);
        _log.Info("{0} keeps the budgets from now on, as keeper {1}.", _cluster.SelfAddress, _keeper.Mark);
        Go();
    }

    void OnRoundDone(RoundDone done)
    {
        var round = _round;
        (_round, _isBusy, _pause) = ([], false, TimeSpan.Zero);
        foreach (var (asked, reply) in round.Zip(done.Replies))
        {
            asked.By.Tell(CommitReply.Of(asked.Transaction, reply, _copies.PackedMax));
            if (reply.IsCommitted)
            {
                _watchers.Tell(asked.Transaction);
            }
        }

        Go();
    }

    void OnFailed(Exception error)
    {
        _isBusy = false;
        if (error is GrantStoreException)
        {
            Refuse(error.Message);
        }
        else
        {
            // Superseded, or it is not known in which state it is: a new one reads what there is.
            _log.Warning("{0} stops being keeper {1} of the budgets: {2}", _cluster.SelfAddress, _keeper?.Mark, error.Message);
            _keeper = null;
            Refuse(error is SupersededException ? KeeperErrors.Superseded(error.Message) : KeeperErrors.Failed(error));
        }

        if (_keeper is null)
        {
            _pause = _pause == TimeSpan.Zero ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            _isPausing = true;
            Timers.StartSingleTimer(Again, Again, _pause);
        }
        else
        {
            Go();
        }
    }

    void Refuse(string text)
    {
        foreach (var asked in _round.Concat(_waiting))
        {
            asked.By.Tell(new CommitRefused(text));
        }

        _round = [];
        _waiting.Clear();
    }

    sealed record Asked(GrantTransaction Transaction, IActorRef By);

    sealed record TookOver(RecordKeeper Keeper) : INoSerializationVerificationNeeded;

    sealed record RoundDone(IReadOnlyList<GrantReply> Replies) : INoSerializationVerificationNeeded;
}
