using System.Runtime.CompilerServices;

namespace ActorPool.Actors;

/// <summary>
/// What every actor has, whatever its messages: its mailbox, the effects of its turn, its place in the family and its
/// timers. <see cref="Actor{TMessage}"/> adds the messages; <c>Actor.Family.cs</c> the supervision.
/// </summary>
/// <remarks>
/// Everything here but <see cref="Post"/> and <see cref="Execute"/> belongs to the turn: it is touched
/// by the owner of the mailbox alone.
/// </remarks>
abstract partial class Actor(ActorSystem system) : IThreadPoolWorkItem
{
    /// <summary>An owner runs this many turns for others, then leaves the rest to the dispatcher, or to whoever comes by.</summary>
    const int BatchMax = 64;

    /// <summary>A turn takes tens of nanoseconds: a hundred of the shortest spins outlast it, a queued promise costs much more.</summary>
    const int SpinsMax = 100;

    /// <summary>
    /// An owner that was taken off its core is back within milliseconds. A patient sender waits about twenty for it, as it
    /// would for a lock.
    /// </summary>
    const int PatientWaitsMax = 40;

    static readonly bool CanSpin = Environment.ProcessorCount > 1;

    protected InlineMailbox Mailbox;
    protected ActorMode Mode;

    EffectList _effects;

    // Taken from the mailbox, not yet run: left over from a batch, or held back while suspended.
    MessageNode? _backlog;

    /// <summary>The system that this actor lives in.</summary>
    public ActorSystem System { get; } = system;

    /// <summary>
    /// Queues a message and runs no turn: for finalizers, timers and cancellation callbacks, which must not work for others.
    /// </summary>
    public void Post(MessageNode node)
    {
        if (Mailbox.Enqueue(node))
        {
            System.Dispatcher.Execute(this);
        }
    }

    /// <summary>Fetches the mail that waits with no owner, and runs it; nothing if somebody else has.</summary>
    public void Execute() => Fetch().RunAll(System.Dispatcher);

    /// <summary><see cref="Execute"/>, for a trampoline.</summary>
    /// <returns>What the turns have caused.</returns>
    public EffectList Fetch() => Mailbox.TryFetch() ? RunMail() : default;

    /// <summary>
    /// The mailbox is busy: spins for a moment, for a turn is soon over, and runs mail that waits with no owner. True when
    /// the caller has become the owner. Nobody is overtaken: that way is open only while nothing is queued; senders that
    /// spin have no order among themselves.
    /// </summary>
    /// <param name="patient">
    /// Whether to go on, yielding the core, when the owner seems to have lost its own. A sender whose task would wait for the
    /// answer had better: if it parks, the next task runs, comes, parks too, and once more tasks wait than there are
    /// connections, the line never ends (a lock convoy).
    /// </param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool TryEnterSlowly(bool patient)
    {
        if (!System.SendersWait)
        {
            return TryEnterOrHelp();
        }

        for (var spin = 0; spin < (CanSpin ? SpinsMax : 1); spin++)
        {
            if (TryEnterOrHelp())
            {
                return true;
            }

            Thread.SpinWait(1);
        }

        var wait = new SpinWait();
        for (var waits = patient ? PatientWaitsMax : 0; waits > 0; waits--)
        {
            wait.SpinOnce(sleep1Threshold: PatientWaitsMax / 2);
            if (TryEnterOrHelp())
            {
                return true;
            }
        }

        return false;
    }

    bool TryEnterOrHelp()
    {
        if (Mailbox.LooksUnfetched)
        {
            Execute();
        }

        return Mailbox.LooksIdle && Mailbox.TryEnter();
    }

    /// <summary>For the owner: runs what is queued, then frees the mailbox.</summary>
    EffectList RunMail()
    {
        var turns = BatchMax;
        while (true)
        {
            while (_backlog is { } node)
            {
                if (turns-- == 0)
                {
                    var caused = TakeEffects();
                    Mailbox.LeaveWithMail();
                    System.Dispatcher.Execute(this);
                    return caused;
                }

                _backlog = node.NextNode;
                node.NextNode = null;
                Deliver(node);
                if (Mode == ActorMode.Suspended)
                {
                    // The mailbox stays owned: by the parent, who decides what becomes of us.
                    return TakeEffects();
                }
            }

            // Even after a backlog: mail that came while it had no owner was announced by the word that the backlog left.
            _backlog = Mailbox.TakeMail();
            if (_backlog is null)
            {
                var effects = TakeEffects();
                if (Mailbox.TryLeave())
                {
                    return effects;
                }

                _effects = effects;
            }
        }
    }

    /// <summary>One turn, whatever the message: what it throws is this actor's failure and reaches no one else.</summary>
    void Deliver(MessageNode node)
    {
        try
        {
            node.Deliver(this);
        }
#pragma warning disable CA1031 // a turn that throws is a defect of the actor's; its parent decides, its sender must not see it
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error);
        }
    }

    /// <summary>Ends an inline turn: frees the mailbox, or runs what was queued meanwhile; then lets what was caused take effect.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Leave()
    {
        if (_effects.IsEmpty && Mode != ActorMode.Suspended && Mailbox.TryLeave())
        {
            return;
        }

        LeaveWithEffects();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void LeaveWithEffects()
    {
        // One waiter to wake is what most turns cause that cause anything.
        if (_effects.Only is { } only && Mode != ActorMode.Suspended)
        {
            _effects = default;
            if (Mailbox.TryLeave())
            {
                only.Run().RunAll(System.Dispatcher);
                return;
            }

            _effects.Add(only);
        }

        var effects = TakeEffects();
        if (Mode != ActorMode.Suspended && !Mailbox.TryLeave())
        {
            effects.Add(RunMail());
        }

        effects.RunAll(System.Dispatcher);
    }

    /// <summary>
    /// Sends a message from this actor's turn: it is in the receiver's mailbox before this actor's own is freed, so that
    /// messages between two actors keep their order; the receiver's turn comes after this one, never inside it.
    /// </summary>
    protected void Send<TMessage>(Actor<TMessage> receiver, in TMessage message)
        where TMessage : struct => SendNode(receiver, MessageNode<TMessage>.Rent(message));

    /// <summary>Lets something take effect after this turn.</summary>
    protected void Cause(Effect effect) => _effects.Add(effect);

    /// <summary>Starts work on the dispatcher after this turn: a connector call, or anything else that is a user's code.</summary>
    protected void Start(IThreadPoolWorkItem work) => _effects.Add(new StartWork(System.Dispatcher, work));

    void SendNode(Actor receiver, MessageNode node)
    {
        if (receiver.Mailbox.Enqueue(node))
        {
            _effects.Add(new FetchMail(receiver));
        }
    }

    EffectList TakeEffects()
    {
        var effects = _effects;
        _effects = default;
        return effects;
    }
}
