using System.Runtime.CompilerServices;

namespace ActorPool.Actors;

/// <summary>
/// The mailbox of one actor: a lock that its senders share, and a list of what arrived while it was held. <b>This and
/// <see cref="Promise"/>, where one awaiter meets one completer, are the only lock-free code of the runtime.</b>
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
/// Mail may also wait with no owner (<see cref="IdleWithMail"/>): whoever put it there sees to it that somebody fetches it,
/// and until then any sender may. So mail that is meant for the thread pool does not hold up senders while the thread pool
/// is starved, and nobody ever waits for a thread that has not started.
/// </para>
/// <para>
/// Owner is whoever moved the word to <see cref="Busy"/> by <see cref="TryEnter"/> or <see cref="TryFetch"/>, until it moves
/// it back. Everything that a turn touches is guarded by ownership: the leaving exchange publishes it, the entering one
/// acquires it. (.NET's <see cref="Interlocked"/> operations are full fences on every architecture.)
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

    /// <summary>No owner, and something is queued: whoever enters must run that first.</summary>
    const int IdleWithMail = 3;

    int _state;

    // Newest first. Pushed by anyone; taken only as a whole and only by the owner, so a node that comes back to the same
    // place (ABA) does no harm: a push links to whatever is on top at the instant of its compare-and-swap.
    MessageNode? _mail;

    /// <summary>Whether <see cref="TryEnter"/> is worth trying: a plain look, so that spinning senders share the cache line.</summary>
    public readonly bool LooksIdle => Volatile.Read(in _state) == Idle;

    /// <summary>Whether <see cref="TryFetch"/> is worth trying.</summary>
    public readonly bool LooksUnfetched => Volatile.Read(in _state) == IdleWithMail;

    /// <summary>Makes the caller the owner if nobody is and nothing is queued.</summary>
    // The compare-and-swap acquires what the last owner published when it left. It cannot overtake a message that the same
    // sender queued before: Enqueue returns only after its message was announced, and from a word that announces mail
    // (BusyWithMail, IdleWithMail) the way to Idle leads through an owner who has run that mail.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter() => Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle;

    /// <summary>Makes the caller the owner if nobody is and something is queued, which it must take and run before it leaves.</summary>
    // As TryEnter. Of several who were to fetch, or wanted to help, one wins; the others have nothing left to do.
    public bool TryFetch() => Interlocked.CompareExchange(ref _state, Busy, IdleWithMail) == IdleWithMail;

    /// <summary>Ends the caller's ownership if nothing was queued; otherwise it stays the owner and must <see cref="TakeMail"/>.</summary>
    // A release of everything the turns wrote. Fails exactly when a sender announced mail since the word was last set to
    // Busy, so no announced message is ever left behind by a leaving owner.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLeave() => Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy;

    /// <summary>Ends the caller's ownership although there is work left, which the caller sees to it that somebody fetches.</summary>
    // An exchange rather than a store: it releases what the turns wrote, whichever of the two busy words it replaces; mail
    // that was announced in between is announced by the new word too.
    public void LeaveWithMail() => Interlocked.Exchange(ref _state, IdleWithMail);

    /// <summary>
    /// Queues a message. True if the caller must see to it that somebody fetches it; false if somebody will anyway.
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

        // … then announce. The fence of the push stands between it and this read of the word: if the word already announces
        // mail, whoever answers it has not begun to (it sets Busy first and takes the list after that, see TakeMail), and
        // so will find the node.
        while (true)
        {
            switch (Volatile.Read(in _state))
            {
                case Idle:
                    // The owner left between push and announcement, or there was none.
                    if (Interlocked.CompareExchange(ref _state, IdleWithMail, Idle) == Idle)
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
                    // Somebody else's announcement stands, and with it somebody who will fetch.
                    return false;
            }
        }
    }

    /// <summary>For the owner: everything queued so far, oldest first; null if an announcement was about mail already taken.</summary>
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
