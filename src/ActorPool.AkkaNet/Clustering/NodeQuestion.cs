using Akka.Actor;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>A node that is to be asked for its pools, as it was when somebody wanted to see the cluster.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Router">Its router.</param>
/// <param name="IsReachable">Whether it can be asked at all.</param>
sealed record NodeQuestion(string Address, IReadOnlyList<string> Roles, ICanTell Router, bool IsReachable)
{
    public static NodeQuestion For(ClusterNode node, IActorContext context) =>
        new(node.Address.ToString(), Sorted(node.Roles), ClusterRouter.On(context, node.Address), node.IsReachable);

    public static IReadOnlyList<string> Sorted(IEnumerable<string> roles) => [.. roles.Order(StringComparer.Ordinal)];

    /// <summary>Asks it.</summary>
    /// <param name="limit">How long it may take.</param>
    public async Task<NodePoolsSnapshot> AskAsync(TimeSpan limit)
    {
        if (!IsReachable)
        {
            return Silent("it cannot be reached");
        }

        try
        {
            var pools = await Router.Ask<NodePools>(GetNodePools.Instance, limit).ConfigureAwait(false);
            return new NodePoolsSnapshot(Address, Roles, IsThis: false, pools.Count, pools.Pools);
        }
        catch (AskTimeoutException)
        {
            return Silent(FormattableString.Invariant($"no answer within {limit.TotalSeconds:0.###} s ({PoolClusterSettings.SnapshotTimeLimitKey})"));
        }
        catch (Exception error) when (error is InvalidCastException or ArgumentException or TaskCanceledException)
        {
            return Silent(error.Message);
        }
    }

    NodePoolsSnapshot Silent(string why) => new(Address, Roles, IsThis: false, 0, [], why);
}
