namespace ActorPool.Actors;

/// <summary>A timer with its message.</summary>
sealed class ActorTimer<TMessage>(Actor<TMessage> actor, int key, TMessage message) : ActorTimer(actor, key)
    where TMessage : struct
{
    public override void Deliver(Actor actor)
    {
        if (Cancelled)
        {
            return;
        }

        actor.ForgetTimer(this);
        var due = message;
        ((Actor<TMessage>)actor).Turn(ref due);
    }
}
