using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The copies of all members, as a keeper sees them.</summary>
interface ICopies
{
    /// <summary>How many bytes of packed records a copy can be sent at once.</summary>
    int PackedMax { get; }

    /// <summary>Looks whether there are enough members, and not too many. Asks nobody.</summary>
    /// <exception cref="GrantStoreException">There are not; the message has the numbers.</exception>
    void Check();

    /// <summary>Asks all, until a quorum has answered.</summary>
    /// <returns>The answers of as many as a quorum needs, or of more.</returns>
    /// <exception cref="GrantStoreException">Not enough have answered in time. Some may have done what was asked for all the same.</exception>
    Task<IReadOnlyList<CopyAnswer>> AskAsync(CopyRequest request);
}
