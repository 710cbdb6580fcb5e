using System.Runtime.CompilerServices;

namespace ActorPool.Actors;

/// <summary>
/// What every actor has, whatever its messages: its mailbox, the effects of its turn, its place in the family and its
/// timers. <see cref="Actor{TMessage}"/> adds the messages; <c>Actor.Family.cs</c> the supervision.
/// </summary>
/// <remarks>
/// Everything here but <see cref="Post"/> and <see cref="Claim"/> belongs to the turn: it is touched by the owner of the
/// mailbox alone.
/// </remarks>
abstract partial class Actor(ActorSystem system) : Effect, IThreadPoolWorkItem
{
    /// <summary>A drain runs this many turns, then hands over to the dispatcher.</summary>
    const int BatchMax = 64;

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

    /// <summary>Queues a message and says whether the caller must now run this actor, as an effect.</summary>
    public bool Claim(MessageNode node) => Mailbox.Enqueue(node);

    /// <summary>Runs the queued messages of a claimed mailbox.</summary>
    public sealed override EffectList Run()
    {
        var turns = BatchMax;
        while (true)
        {
            _backlog ??= Mailbox.TakeMail();
            while (_backlog is { } node)
            {
                if (turns-- == 0)
                {
                    // The mailbox stays owned: by the work item.
                    var caused = TakeEffects();
                    System.Dispatcher.Execute(this);
                    return caused;
                }

                _backlog = node.NextNode;
                node.NextNode = null;
                node.Deliver(this);
                if (Mode == ActorMode.Suspended)
                {
                    // The mailbox stays owned: by the parent, who decides what becomes of us.
                    return TakeEffects();
                }
            }

            var effects = TakeEffects();
            if (Mailbox.TryLeave())
            {
                return effects;
            }

            _effects = effects;
        }
    }

    /// <summary>The dispatcher's turn to run a claimed mailbox.</summary>
    public void Execute() => Run().RunAll(System.Dispatcher);

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
        var effects = TakeEffects();
        if (Mode != ActorMode.Suspended && !Mailbox.TryLeave())
        {
            effects.Add(Run());
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
        if (receiver.Claim(node))
        {
            _effects.Add(receiver);
        }
    }

    EffectList TakeEffects()
    {
        var effects = _effects;
        _effects = default;
        return effects;
    }
}
