using Akka.DistributedData;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>Under which key distributed data has something.</summary>
sealed class RegisterKey<T>(string id) : Key<T>(id)
    where T : IReplicatedData
{
    public override string ToString() => Id;
}
