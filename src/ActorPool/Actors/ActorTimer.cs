namespace ActorPool.Actors;

/// <summary>
/// One running timer of an actor; its message, once due. An actor that sets a timer anew gets a new one of these, so that
/// one which has fired but whose turn has not come can still be told from its successor.
/// </summary>
abstract class ActorTimer(Actor actor, int key) : MessageNode, ITimed
{
    /// <summary>The actor's name for it.</summary>
    public int Key { get; } = key;

    /// <summary>The actor's next timer.</summary>
    public ActorTimer? NextTimer;

    /// <summary>Set in the actor's turn; read there, when its time has come.</summary>
    public bool Cancelled;

    public TimerDue Due { get; set; }

    public int HeapIndex { get; set; } = -1;

    protected Actor Actor { get; } = actor;

    public void Fire() => Actor.Post(this);
}
