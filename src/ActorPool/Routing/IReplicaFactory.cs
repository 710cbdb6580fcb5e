namespace ActorPool.Routing;

/// <summary>Makes the members of a group.</summary>
interface IReplicaFactory
{
    /// <summary>Makes a member and its pool. Runs users' code, and throws what that throws.</summary>
    ReplicaMember Make(ReplicaEndpoint target);
}
