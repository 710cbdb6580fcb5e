namespace ActorPool.Actors;

/// <summary>The parent of actors without another: restarts what fails, and takes no messages.</summary>
sealed class Guardian(ActorSystem system) : Actor(system)
{
    public override string ToString() => "guardian";
}
