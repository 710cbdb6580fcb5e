namespace ActorPool.Actors;

/// <summary>
/// What a turn causes outside its actor, run after the turn's mailbox was freed: mail to fetch, a completed waiter
/// to wake. A link of the list it waits in, so that causing something allocates nothing.
/// </summary>
abstract class Effect
{
    /// <summary>The next one in the list; an effect is in one list at a time.</summary>
    public Effect? NextEffect;

    /// <summary>Takes effect. Runs no user's code.</summary>
    /// <returns>What it causes in turn.</returns>
    public abstract EffectList Run();
}
