namespace ActorPool.Actors;

/// <summary>The effect that has mail fetched which a turn has sent.</summary>
sealed class FetchMail(Actor receiver) : Effect
{
    public override EffectList Run() => receiver.Fetch();
}
