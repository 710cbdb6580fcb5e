using Akka.DistributedData;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// All records of one budget as a keeper left them. Of two, the one of the higher keeper wins, and of one keeper's the later: a change is there as a whole
/// or not at all, and what a keeper that was cut off writes late comes to nothing.
/// </summary>
/// <param name="Budget">The budget's name.</param>
/// <param name="By">Whose they are.</param>
/// <param name="Version">The last version that the keeper had given.</param>
/// <param name="Packed">The records, see <see cref="RecordPacking"/>.</param>
sealed record BudgetRecords(string Budget, KeeperMark By, long Version, byte[] Packed) : IReplicatedData<BudgetRecords>, IKeeperMessage
{
    public BudgetRecords Merge(BudgetRecords other) => other.By.IsAbove(By) || (other.By == By && other.Version > Version) ? other : this;

    public IReplicatedData Merge(IReplicatedData other) => Merge((BudgetRecords)other);
}
