namespace ActorPool.Actors;

/// <summary>Whether an actor takes messages.</summary>
enum ActorMode
{
    /// <summary>It takes messages.</summary>
    Running = 0,

    /// <summary>A turn threw; its mailbox stays owned, and its messages wait until its parent has decided.</summary>
    Suspended,

    /// <summary>It waits for its children to stop; messages are dead letters.</summary>
    Stopping,

    /// <summary>It has stopped; messages are dead letters.</summary>
    Stopped,
}
