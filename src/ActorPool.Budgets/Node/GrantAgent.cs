using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>
/// One node's side of a budget as a state machine: it is told what happens and says what to do, opens no connection and
/// sets no timer. So the same code runs on real engines and, under a scheduler that permutes everything, in the simulation. Not
/// for several threads at once.
/// </summary>
/// <remarks>
/// It has one request to the engine under way at a time. Every request that writes the node's own record counts as a renewal: the deadline
/// is counted from before it was sent. How others take a silent node's grants, by their own clocks, is how leader elections on key-value
/// stores do it: C. Gray and D. Cheriton, <i>Leases: an efficient fault-tolerant mechanism for distributed file cache consistency</i>,
/// SOSP 1989.
/// </remarks>
sealed partial class GrantAgent
{
    readonly Queue<AgentEffect> _effects = new();
    readonly AgentSettings _settings;
    readonly TimeProvider _time;
    readonly IRandomSource _random;
    readonly long _started;

    // The node's own record, as it was last read or written; null: it has none.
    Entry<NodeRecord>? _own;
    Entry<BookRecord>? _book;
    string _incarnation = "";

    PendingRequest? _pending;
    long _lastId;
    long _lastBeat;
    int _failures;
    int _conflicts;
    TimeSpan _nextRequest;
    TimeSpan _nextRenewal;
    TimeSpan _nextPoll;
    bool _mayHaveChanged;
    bool _mustLook;
    bool _isLeaving;

    /// <param name="settings">The options, resolved.</param>
    /// <param name="time">The node's clocks.</param>
    /// <param name="random">For jitter.</param>
    public GrantAgent(AgentSettings settings, TimeProvider time, IRandomSource random)
    {
        _settings = settings;
        _time = time;
        _random = random;
        _started = time.GetTimestamp();
        _settledWanted = new RecentMax(settings.SettleTime);
        _recentUse = new RecentMax(settings.RenewInterval);
        Deadline = new BudgetDeadline(time);
        IsWatched = settings.IsWatched;
    }

    /// <summary>Whether the engine tells of changes; if not, the node looks every <see cref="ClusterBudgetOptions.PollInterval"/>.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Until when the grants may be used. Set by the agent; read by the pools.</summary>
    public BudgetDeadline Deadline { get; }

    /// <summary>Whether it has left, and its record is gone.</summary>
    public bool HasLeft { get; private set; }

    // This node's monotonic time: what others' silence is measured by.
    TimeSpan Now => _time.GetElapsedTime(_started);

    GrantBook Steps => new(_settings.Budget, _incarnation) { LastBeat = _lastBeat };

    /// <summary>What is to be done next; false if nothing is.</summary>
    public bool TryTakeEffect(out AgentEffect? effect) => _effects.TryDequeue(out effect);

    /// <summary>Looks at the clocks, and does what is due. May be called at any time; first to start.</summary>
    public void Look()
    {
        CheckDeadline();
        Act();
    }

    /// <summary>The node's own record may have been changed by others.</summary>
    public void Changed()
    {
        _mayHaveChanged = true;
        Look();
    }

    /// <summary>The node leaves: as soon as its pools have nothing left, its record goes. <see cref="HasLeft"/> then.</summary>
    public void Leave()
    {
        _isLeaving = true;
        Look();
    }

    /// <summary>Sends what is most urgent, if nothing is under way.</summary>
    void Act()
    {
        if (_pending is not null || HasLeft || Now < _nextRequest)
        {
            return;
        }

        if (_own is null)
        {
            ActUnjoined();
        }
        else if (_mustLook)
        {
            _mustLook = false;
            LookAgain();
        }
        else if (!ActOnLosses() && !ActOnClearing() && !ActOnLeaving() && !ActOnRenewal() && !ActOnGiving() && !ActOnLack() && !ActOnSilence())
        {
            ActOnChanges();
        }
    }

    bool ActOnRenewal()
    {
        if (Now < _nextRenewal && !(ShouldTellWishes && Now >= NextWishes))
        {
            return false;
        }

        Renew();
        return true;
    }

    void Renew() => SendOwn(RequestPurpose.Renew, Steps.Renew(_own!, Wanted, keepAsks: _giving is not null));

    void ActOnChanges()
    {
        if (_mayHaveChanged || (!IsWatched && Now >= _nextPoll))
        {
            LookAgain();
        }
        else if (ShouldLookAtAll)
        {
            LookAtAll();
        }
    }

    void LookAgain() => Send(RequestPurpose.Look, Steps.Look(_settings.Key));

    void LookAtAll() => Send(RequestPurpose.LookAtAll, Steps.LookAtAll());

    /// <summary>Sends what writes the node's own record.</summary>
    void SendOwn(RequestPurpose purpose, GrantTransaction transaction)
    {
        var written = transaction.Writes.First(write => write.Key == _settings.Key).Value!;
        var own = BookJson.ReadNode(written);
        _lastBeat = Math.Max(_lastBeat, own.Beat);
        Send(purpose, transaction, own);
    }

    void Send(RequestPurpose purpose, GrantTransaction transaction, NodeRecord? own = null, Entry<NodeRecord>? other = null)
    {
        _mayHaveChanged = false;
        _nextPoll = Now + _settings.PollInterval;
        _pending = new PendingRequest(++_lastId, purpose, BudgetMoment.Now(_time)) { Own = own, Other = other };
        _effects.Enqueue(new AgentEffect.Send(_lastId, transaction, _settings.RequestTimeout));
    }

    void Tell(AgentNewsKind kind, string? node = null, int count = 0, string? text = null) =>
        _effects.Enqueue(new AgentEffect.Tell(new AgentNews(kind, node, count, text)));

    TimeSpan Between(double low, double high, TimeSpan of) => of * (low + (_random.NextDouble() * (high - low)));
}
