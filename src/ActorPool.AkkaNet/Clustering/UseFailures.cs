using System.Globalization;
using ActorPool.AkkaNet.Endpoints;
using Akka.Cluster;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>Why work for another was not done, in words.</summary>
static class UseFailures
{
    const string TimeLimitKey = PoolClusterSettings.UseTimeLimitKey;

    public static UseFailed Invalid(string problem) => new(UseFailureReason.InvalidRequest, $"A UseLease makes no sense: {problem}.");

    public static UseFailed NoNode(PendingUse pending, IReadOnlyCollection<ClusterNode> up)
    {
        var use = pending.Use;
        var role = use.Role is null ? "" : $" in role '{use.Role}'";
        var nodes = up.Where(node => node.HasRole(use.Role)).ToList();
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes.Count} other nodes{role} are up, {nodes.Count(static node => !node.IsReachable)} of them cannot be reached, {nodes.Count(node => node.Offers(pending.Name))} offer it");
        return pending.Lost is { } lost
            ? new UseFailed(
                UseFailureReason.NodeLost,
                $"{lost.Address} was lost before it answered {use}, and no other node can be asked ({counts}). The work may have been done.")
            {
                MayHaveRun = true,
                Node = lost.Address.ToString(),
            }
            : new UseFailed(
                UseFailureReason.NoNode,
                $"No node can {use}: this one does not, and {counts}. Register it where the pool is (ActorPools.HandleUse), and begin ActorPoolCluster there.");
    }

    public static UseFailed Lost(PendingUse pending, UniqueAddress node, string how) => new(
        UseFailureReason.NodeLost,
        $"{node.Address} {how} before it answered {pending.Use}. The work may have been done; if it may be done twice, set MayBeRepeated.")
    {
        MayHaveRun = true,
        Node = node.Address.ToString(),
    };

    public static UseFailed TimedOut(PendingUse pending, bool wasSelfUp) => new(
        UseFailureReason.TimedOut,
        $"{Seconds(pending.TimeLimit)} have passed for {pending.Use}: "
        + (pending.Node is { } node ? $"{node.Address} has not answered. The work may have been done" : $"no node was found that offers it, and {(wasSelfUp ? "some have not said what they offer" : "this one has not joined the cluster")}")
        + $". The limit is UseLease.TimeLimit, or {TimeLimitKey}.")
    {
        MayHaveRun = pending.MayHaveRun,
        Node = (pending.Node ?? pending.Lost)?.Address.ToString(),
    };

    public static UseFailed OutOfTime(UseOrder order, bool began, string node) => new(
        UseFailureReason.TimedOut,
        $"The time limit of '{order.Handler}' of pool '{order.Pool}' has passed {(began ? "while it ran" : "before a connection was free")} ({Seconds(order.Remaining)} of it were left"
        + $" when {node} was asked). The limit is UseLease.TimeLimit, or {TimeLimitKey}.")
    {
        MayHaveRun = began,
        Node = node,
    };

    /// <summary>Said by who asks, since nobody else is there.</summary>
    public static UseFailed NoRouter(UseLease use, bool mayHaveRun) => new(
        UseFailureReason.NodeLost,
        $"{(mayHaveRun ? "There was no answer to" : "Nobody is asked to")} {use}: /user/{ClusterRouter.Name} of this node has stopped, because its actor system ends, or because somebody has stopped it.{(mayHaveRun ? " The work may have been done." : "")}")
    {
        MayHaveRun = mayHaveRun,
    };

    /// <summary>Said by who asks, since the router has kept no limit.</summary>
    public static UseFailed NoAnswer(UseLease use, TimeSpan limit) => new(
        UseFailureReason.TimedOut,
        $"{Seconds(limit)} have passed for {use}, and {Seconds(Asking.Grace)} more in which /user/{ClusterRouter.Name} of this node has not said so: it is stopping, or its dispatcher has no threads left. The work may have been done. The limit is UseLease.TimeLimit, or {TimeLimitKey}.")
    {
        MayHaveRun = true,
    };

    public static UseFailed Unreadable(string problem, bool mayHaveRun, string? node) => new(UseFailureReason.PayloadRefused, problem) { MayHaveRun = mayHaveRun, Node = node };

    public static UseFailed Ended(PendingUse pending) => new(
        UseFailureReason.NodeLost, $"This node's actor system ends, or its router was restarted, before there was an answer to {pending.Use}.")
    {
        MayHaveRun = pending.MayHaveRun,
        Node = (pending.Node ?? pending.Lost)?.Address.ToString(),
    };

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
