namespace ActorPool.Actors;

/// <summary>
/// The effect that tells a parent of a failure. An effect, and not sent from the turn: the parent becomes the owner of the
/// child's mailbox when it hears of it, and must not while the failed turn's thread is still at work there. A suspended
/// actor sends nothing afterwards, so the order between the two is kept.
/// </summary>
sealed class TellParent(Actor parent, MessageNode failure) : Effect
{
    public override EffectList Run() => parent.Accept(failure);
}
