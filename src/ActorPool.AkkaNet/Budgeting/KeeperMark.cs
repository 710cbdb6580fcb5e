using Akka.DistributedData;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>Which keeper a copy follows: the highest that it has heard of. Merging two takes the higher one, so that all come to follow the same.</summary>
/// <param name="Epoch">Grows with every keeper; 0: none yet.</param>
/// <param name="Id">Its own: two that take over at once may have the same epoch.</param>
sealed record KeeperMark(long Epoch, string Id) : IReplicatedData<KeeperMark>, IKeeperMessage
{
    public static readonly KeeperMark None = new(0, "");

    /// <summary>Whether it is that of a later keeper.</summary>
    public bool IsAbove(KeeperMark other) => Epoch != other.Epoch ? Epoch > other.Epoch : string.CompareOrdinal(Id, other.Id) > 0;

    public KeeperMark Merge(KeeperMark other) => other.IsAbove(this) ? other : this;

    public IReplicatedData Merge(IReplicatedData other) => Merge((KeeperMark)other);

    public override string ToString() => $"{Epoch}/{Id}";
}
