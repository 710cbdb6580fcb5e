using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Akka.Event;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// A member's copy: what a keeper wants stored stays here, and goes into the member's own part of Akka's distributed data, which spreads it to members that
/// join later. Both are looked at: the replicator of distributed data begins anew, with nothing, when it fails (that of Akka.NET 1.5.30 does so all the time
/// with four members on .NET 8 and later, akkadotnet/akka.net#7462), and then what was acknowledged must still be here.
/// It is asked here, and not by writes of distributed data to several nodes, since those take the word of whoever runs at an address: a process that was
/// started anew has forgotten which keeper the one before it followed.
/// </summary>
sealed class CopyActor : ReceiveActor
{
    const string Name = "actorpool-copy";

    static readonly RegisterKey<KeeperMark> MarkKey = new("actorpool-keeper");

    readonly Cluster _cluster = Cluster.Get(Context.System);
    readonly IActorRef _data = DistributedData.Get(Context.System).Replicator;
    readonly ILoggingAdapter _log = Context.GetLogger();
    readonly MemberId _self;

    readonly Dictionary<string, BudgetRecords> _kept = new(StringComparer.Ordinal);
    KeeperMark _follows = KeeperMark.None;

    public CopyActor()
    {
        _self = MemberId.Of(_cluster.SelfUniqueAddress);
        Receive<CopyRequest>(Begin);
        Receive<GetSuccess>(found => Found((Pending)found.Request, found.Data));
        Receive<NotFound>(missing => Found((Pending)missing.Request, null));
        Receive<UpdateSuccess>(static _ => { });
        Receive<ModifyFailure>(failed => Fail((Pending)failed.Request, failed.ErrorMessage));
    }

    /// <summary>Starts a member's.</summary>
    public static void Start(ExtendedActorSystem system) => system.SystemActorOf(Props.Create<CopyActor>(), Name);

    /// <summary>Where that of a member is.</summary>
    public static ActorPath PathAt(Address member) => new RootActorPath(member) / "system" / Name;

    static RegisterKey<BudgetRecords> KeyOf(string budget) => new($"actorpool-budget/{budget}");

    void Begin(CopyRequest request)
    {
        if (request.To != _self)
        {
            _log.Info("A keeper at {0} has asked for {1}, which ran here before: not answered.", request.From.Address, request.To.Uid);
            return;
        }

        if (!_cluster.State.Members.Any(member => RoleMembers.Counts(member) && MemberId.Of(member.UniqueAddress) == request.From))
        {
            Sender.Tell(new CopyAnswer(_follows, Refusal: KeeperErrors.NoMember(request.From)));
            return;
        }

        // Distributed data takes them in this order: what is answered last was true after all the others.
        var pending = new Pending(Sender, request.Load);
        if (request.Keeper is { } mark)
        {
            _follows = mark.Merge(_follows);
            _data.Tell(new Update(MarkKey, KeeperMark.None, WriteLocal.Instance, old => mark.Merge((KeeperMark)old), pending));
        }

        if (request.Store is { } records)
        {
            Keep(records);
            _data.Tell(new Update(KeyOf(records.Budget), WriteLocal.Instance, old => old is null ? records : records.Merge((BudgetRecords)old), pending));
        }

        if (request.Load is { } budget)
        {
            _data.Tell(Dsl.Get(KeyOf(budget), ReadLocal.Instance, pending));
        }

        _data.Tell(Dsl.Get(MarkKey, ReadLocal.Instance, pending with { IsLast = true }));
    }

    void Found(Pending pending, IReplicatedData? data)
    {
        if (data is BudgetRecords records)
        {
            Keep(records);
        }
        else if (data is KeeperMark mark)
        {
            _follows = mark.Merge(_follows);
        }

        if (pending.IsLast)
        {
            pending.ReplyTo.Tell(new CopyAnswer(_follows, pending.Load is { } budget ? _kept.GetValueOrDefault(budget) : null, pending.So.Failure));
        }
    }

    void Keep(BudgetRecords records) => _kept[records.Budget] = _kept.TryGetValue(records.Budget, out var kept) ? kept.Merge(records) : records;

    void Fail(Pending pending, string error)
    {
        _log.Warning("Distributed data did not store what a keeper has sent: {0}", error);
        pending.So.Failure = $"{_self.Address} could not store it.";
    }

    /// <summary>A request on its way through distributed data.</summary>
    sealed record Pending(IActorRef ReplyTo, string? Load)
    {
        public bool IsLast { get; init; }

        public Outcome So { get; } = new();
    }

    /// <summary>What has become of it so far.</summary>
    sealed class Outcome
    {
        public string? Failure { get; set; }
    }
}
