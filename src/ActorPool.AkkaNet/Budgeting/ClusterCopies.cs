using ActorPool.AkkaNet.Messaging;
using ActorPool.Budgets;
using Akka.Actor;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>The copies of the members of a role, asked over the network; this member's own too.</summary>
/// <param name="system">This member.</param>
/// <param name="options">How the book is kept.</param>
sealed class ClusterCopies(ActorSystem system, AkkaGrantStoreOptions options) : ICopies
{
    // What is around the records in a message, and what base 64 makes of them.
    const int Around = 4_096;

    readonly Cluster _cluster = Cluster.Get(system);

    public int PackedMax { get; } = (int)((FrameSize.Of(system) ?? 128_000) - Around) / 4 * 3;

    public void Check() => Look();

    public async Task<IReadOnlyList<CopyAnswer>> AskAsync(CopyRequest request)
    {
        var members = Look();
        using var enough = new CancellationTokenSource();
        var asked = members.All.Select(member => AskAsync(member, request, enough.Token)).ToList();
        var answers = new List<CopyAnswer>();
        string? refusal = null;
        while (answers.Count < options.QuorumSize && asked.Count > 0)
        {
            var next = await Task.WhenAny(asked).ConfigureAwait(false);
            asked.Remove(next);
            var answer = await next.ConfigureAwait(false);
            refusal = answer?.Refusal ?? refusal;
            if (answer is { Refusal: null })
            {
                answers.Add(answer);
            }
        }

        // The others do what was asked for all the same; nobody waits for their answers.
        await enough.CancelAsync().ConfigureAwait(false);
        return answers.Count >= options.QuorumSize ? answers : throw KeeperErrors.NotConfirmed(options, members, answers.Count, refusal);
    }

    RoleMembers Look()
    {
        var members = RoleMembers.Of(_cluster, options.Role);
        return members.All.Count > (2 * options.QuorumSize) - 1 ? throw new GrantStoreException(KeeperErrors.TooMany(options, members))
            : members.Reachable < options.QuorumSize ? throw new GrantStoreException(KeeperErrors.TooFew(options, members))
            : members;
    }

    async Task<CopyAnswer?> AskAsync(Member member, CopyRequest request, CancellationToken enough)
    {
        try
        {
            return await system.ActorSelection(CopyActor.PathAt(member.Address))
                .Ask<CopyAnswer>(
                    request with { From = MemberId.Of(_cluster.SelfUniqueAddress), To = MemberId.Of(member.UniqueAddress) }, options.WriteTimeout, enough)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is AskTimeoutException or OperationCanceledException)
        {
            return null;
        }
    }
}
