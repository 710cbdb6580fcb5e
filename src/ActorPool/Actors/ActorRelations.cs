namespace ActorPool.Actors;

/// <summary>What an actor has only if it has children, is watched, or has failed: apart, since most actors are none of that.</summary>
sealed class ActorRelations
{
    /// <summary>The head of the list of its children.</summary>
    public Actor? FirstChild { get; set; }

    /// <summary>Who wants to know when it has stopped.</summary>
    public List<Actor> Watchers { get; } = [];

    /// <summary>How often it has failed of late.</summary>
    public FailureHistory Failures { get; } = new();
}
