using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The keeper has done what it was asked for. As <see cref="GrantReply"/>, but for the records, which may be all of a budget and are packed.</summary>
/// <param name="IsCommitted">Whether everything was written.</param>
/// <param name="Version">That of what was written.</param>
/// <param name="Incarnation">The keeper's.</param>
/// <param name="Revision">The keeper's.</param>
/// <param name="Packed">What was read, see <see cref="RecordPacking"/>.</param>
sealed record CommitReply(bool IsCommitted, long Version, string Incarnation, long Revision, byte[] Packed) : IKeeperMessage
{
    /// <summary>The answer to a node; a <see cref="CommitRefused"/> if it does not fit into a message, which would be dropped on its way.</summary>
    /// <param name="transaction">What was asked for.</param>
    /// <param name="reply">What has come of it.</param>
    /// <param name="packedMax">How many bytes the records may take.</param>
    public static IKeeperMessage Of(GrantTransaction transaction, GrantReply reply, int packedMax)
    {
        var packed = RecordPacking.Pack(reply.Records);
        return packed.Length <= packedMax
            ? new CommitReply(reply.IsCommitted, reply.Version, reply.Incarnation, reply.Revision, packed)
            : new CommitRefused(KeeperErrors.AnswerTooLarge(transaction.Budget, packed.Length, packedMax, hasWritten: reply.Version > 0));
    }

    /// <summary>As the node's engine answers.</summary>
    public GrantReply Unpack() => new(IsCommitted, Version, Incarnation, Revision, RecordPacking.Unpack(Packed));
}
