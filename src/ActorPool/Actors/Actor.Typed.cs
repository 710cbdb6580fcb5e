using System.Runtime.CompilerServices;

namespace ActorPool.Actors;

/// <summary>
/// A state machine that takes messages of one type, one turn at a time. A message is a struct that travels by reference
/// when it runs inline, so that an actor can write its answer into it.
/// </summary>
/// <typeparam name="TMessage">The protocol: a struct that says what is asked or reported.</typeparam>
abstract class Actor<TMessage>(ActorSystem system) : Actor(system)
    where TMessage : struct
{
    /// <summary>
    /// One turn. Short and synchronous: never awaits, blocks or runs a user's code. What it throws suspends the actor until
    /// its parent has decided; the sender never sees it.
    /// </summary>
    protected abstract void Receive(ref TMessage message);

    /// <summary>A message that came when the actor had stopped; by default a dead letter. Somebody may wait for an answer.</summary>
    protected virtual void Refuse(ref TMessage message) => System.Events.Publish(new DeadLetter(ToString()!, message.ToString()!));

    /// <summary>The turn of this message threw. Somebody may wait for its answer.</summary>
    protected virtual void Failing(ref TMessage message, Exception error)
    {
    }

    /// <summary>
    /// From outside any turn: runs the message on the calling thread if the mailbox is idle, otherwise queues it.
    /// </summary>
    public void Tell(TMessage message)
    {
        if (!TryTurn(ref message))
        {
            TellQueued(message);
        }
    }

    /// <summary>
    /// From outside any turn: runs the message on the calling thread if the mailbox is or becomes idle, with the answer
    /// written into it. False if it is busy: nothing has happened.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTurn(ref TMessage message)
    {
        if (!Mailbox.TryEnter() && !TryEnterSlowly(patient: true))
        {
            return false;
        }

        Turn(ref message);
        Leave();
        return true;
    }

    /// <summary><see cref="TryTurn"/> that neither spins nor helps.</summary>
    public bool TryTurnAtOnce(ref TMessage message)
    {
        if (!Mailbox.TryEnter())
        {
            return false;
        }

        Turn(ref message);
        Leave();
        return true;
    }

    /// <summary>From outside any turn: queues the message, and runs what is queued if nobody else does.</summary>
    public void TellQueued(in TMessage message)
    {
        // Mail that somebody else was told to fetch may wait for a thread that has not started; we are here.
        if (Mailbox.Enqueue(MessageNode<TMessage>.Rent(message)) || Mailbox.LooksUnfetched)
        {
            Execute();
        }
    }

    /// <summary>Queues a message and runs no turn. See <see cref="Actor.Post"/>.</summary>
    public void Post(in TMessage message) => Post(MessageNode<TMessage>.Rent(message));

    /// <summary>
    /// From outside any turn: takes a turn whatever the mailbox is doing, and returns after it, with the answer in the
    /// message. Waits for the turns before it; each takes tens of nanoseconds.
    /// </summary>
    public void TakeTurn(ref TMessage message)
    {
        if (!TryTurn(ref message))
        {
            var node = new AwaitedNode<TMessage>(message);
            if (Mailbox.Enqueue(node) || Mailbox.LooksUnfetched)
            {
                Execute();
            }

            // Where all turns run on this thread, one that is not over now never would be.
            Invariant.Check(System.SendersWait || node.IsOver, "a turn was waited for on the only thread there is");
            message = node.Wait();
        }
    }

    /// <summary>
    /// From this actor's turn: has a message come after a while. Setting a timer with a key that is in use replaces it.
    /// </summary>
    /// <param name="key">The actor's name for the timer.</param>
    /// <param name="delayMs">How long from now, in milliseconds; at least 0.</param>
    /// <param name="message">What comes.</param>
    /// <param name="slackMs">
    /// By how much less it may be, so that it comes together with others of the same slack: what wakes a thread once for all of
    /// them costs a fraction of what waking it for each would.
    /// </param>
    protected void StartTimer(int key, long delayMs, in TMessage message, long slackMs = 0) =>
        AddTimer(new ActorTimer<TMessage>(this, key, message), delayMs, slackMs);

    /// <summary>For the owner of the mailbox: one turn, with what it throws kept from the sender.</summary>
    internal void Turn(ref TMessage message)
    {
        try
        {
            if (Mode == ActorMode.Running)
            {
                Receive(ref message);
            }
            else
            {
                Invariant.Check(Mode != ActorMode.Suspended, "a suspended actor was given a turn");
                Refuse(ref message);
            }
        }
#pragma warning disable CA1031 // a turn that throws is a defect of the actor's; its parent decides, its sender must not see it
        catch (Exception error)
#pragma warning restore CA1031
        {
            FailTurn(ref message, error);
        }
    }

    void FailTurn(ref TMessage message, Exception error)
    {
        try
        {
            Failing(ref message, error);
        }
#pragma warning disable CA1031 // the state that made the turn throw may make this throw too
        catch (Exception again)
#pragma warning restore CA1031
        {
            error = new AggregateException(error, again);
        }

        Fail(error);
    }
}
