namespace ActorPool.Actors;

/// <summary>A message on its way through a mailbox; a link of the list it waits in.</summary>
abstract class MessageNode
{
    /// <summary>The next one in the mailbox's list. Belongs to the mailbox from push to turn.</summary>
    public MessageNode? NextNode;

    /// <summary>Hands the message to its actor, as a turn.</summary>
    public abstract void Deliver(Actor actor);
}
