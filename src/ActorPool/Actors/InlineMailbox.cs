using System.Runtime.CompilerServices;

namespace ActorPool.Actors;

/// <summary>
/// The mailbox of one actor: a lock that its senders share, and a list of what arrived while it was held. <b>This is the
/// only lock-free file of the runtime.</b>
/// </summary>
/// <remarks>
/// <para>
/// A sender that finds the mailbox <see cref="Idle"/> becomes its owner with one compare-and-swap, runs its message as a
/// turn on its own thread and leaves with a second one. A sender that finds it busy pushes its message onto a list and
/// announces it; the owner, unable to leave, takes the whole list, puts it in order of arrival and runs it. It replaces a
/// queue plus a scheduled flag (Akka, Proto.Actor) or a lock around the state (puddle): uncontended, a message costs two
/// atomic operations, no allocation and no change of thread. The claim–run–clear–look-again shape is Kestrel's
/// <c>IOQueue</c>, with the look-again folded into the word that says busy.
/// </para>
/// <para>
/// Owner is whoever moved the word from <see cref="Idle"/> to <see cref="Busy"/>, until it moves it back; ownership may be
/// handed to another thread in between, by any means that publishes memory (a work item does). Everything that a turn
/// touches is guarded by ownership: the leaving compare-and-swap publishes it, the entering one acquires it. (.NET's
/// <see cref="Interlocked"/> operations are full fences on every architecture.)
/// </para>
/// <para>
/// How to misuse it: leave while not owner; run a turn from inside a turn (send instead, see <see cref="EffectList"/>);
/// block in a turn, which holds up every sender that comes after.
/// </para>
/// </remarks>
struct InlineMailbox
{
    /// <summary>No owner, and nothing queued that has been announced.</summary>
    const int Idle = 0;

    /// <summary>Owned; the owner may leave.</summary>
    const int Busy = 1;

    /// <summary>Owned, and something was queued since the owner last took the list: the owner may not leave.</summary>
    const int BusyWithMail = 2;

    /// <summary>A turn takes tens of nanoseconds: some thirty short spins outlast it, a queued promise costs much more.</summary>
    const int SpinsMax = 30;

    static readonly bool CanSpin = Environment.ProcessorCount > 1;

    int _state;

    // Newest first. Pushed by anyone; taken only as a whole and only by the owner, so a node that comes back to the same
    // place (ABA) does no harm: a push links to whatever is on top at the instant of its compare-and-swap.
    MessageNode? _mail;

    /// <summary>Whether nobody owns it at this moment; a hint for assertions and tests.</summary>
    public readonly bool IsIdle => Volatile.Read(in _state) == Idle;

    /// <summary>Makes the caller the owner if nobody is and nothing is queued.</summary>
    // The compare-and-swap acquires what the last owner published when it left. It cannot overtake a message that the same
    // sender queued before: Enqueue returns only after its message was announced (BusyWithMail forbids leaving, so Idle
    // comes only after that message ran) or after its sender became the owner who runs it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter() => Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle;

    /// <summary><see cref="TryEnter"/>, again and again for a moment.</summary>
    // Nobody is overtaken: the word is Idle only while nothing is queued. Senders that spin have no order among themselves.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TrySpinEnter()
    {
        if (!CanSpin)
        {
            return false;
        }

        for (var spin = 0; spin < SpinsMax; spin++)
        {
            Thread.SpinWait(4);

            // Read before trying, so that spinning senders share the cache line instead of fighting for it.
            if (Volatile.Read(in _state) == Idle && TryEnter())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the caller's ownership if nothing was queued; otherwise it stays the owner and must <see cref="TakeMail"/>.</summary>
    // A release of everything the turns wrote. Fails exactly when a sender announced mail since the word was last set to
    // Busy, so no announced message is ever left behind by a leaving owner.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLeave() => Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy;

    /// <summary>
    /// Queues a message. True makes the caller the owner, who must run what is queued or hand the ownership on; false means
    /// that the present owner will.
    /// </summary>
    public bool Enqueue(MessageNode node)
    {
        // Push first …
        var top = Volatile.Read(in _mail);
        while (true)
        {
            node.NextNode = top;

            // Publishes the node's fields before the node can be seen.
            var seen = Interlocked.CompareExchange(ref _mail, node, top);
            if (ReferenceEquals(seen, top))
            {
                break;
            }

            top = seen;
        }

        // … then announce. The fence of the push stands between it and this read of the word: if an owner is seen, it will
        // find the node (it sets the word to Busy before it takes the list, see TakeMail).
        while (true)
        {
            switch (Volatile.Read(in _state))
            {
                case Idle:
                    // The owner left between push and announcement, or there was none: we own the mailbox and the node.
                    if (TryEnter())
                    {
                        return true;
                    }

                    break;

                case Busy:
                    // From here on the owner cannot leave without looking.
                    if (Interlocked.CompareExchange(ref _state, BusyWithMail, Busy) == Busy)
                    {
                        return false;
                    }

                    break;

                default:
                    // Somebody else's announcement stands. The owner has not yet answered it (answering sets Busy first),
                    // so when it takes the list, our push, which came before this read, is in it.
                    return false;
            }
        }
    }

    /// <summary>For the owner: everything queued so far, oldest first; null if another announcement was about mail already taken.</summary>
    public MessageNode? TakeMail()
    {
        // First the word, then the list, with a full fence in between (the exchange below). The other way round a message
        // pushed and announced in between would be announced by a BusyWithMail that this store erases: the lost wake-up.
        Volatile.Write(ref _state, Busy);
        var newest = Interlocked.Exchange(ref _mail, null);

        MessageNode? oldest = null;
        while (newest is not null)
        {
            var older = newest.NextNode;
            newest.NextNode = oldest;
            oldest = newest;
            newest = older;
        }

        return oldest;
    }
}
