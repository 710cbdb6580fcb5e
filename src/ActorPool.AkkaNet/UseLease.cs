using ActorPool.AkkaNet.Clustering;

namespace ActorPool.AkkaNet;

/// <summary>
/// Has work done on a connection of a pool, on whichever node has it: told to <c>/user/actorpool-cluster</c> of one's own node
/// (<see cref="ActorPoolCluster.Router"/>), which hands it to a node that is up, can be reached, and has a handler of that name; one's own node comes first. The
/// lease never leaves that node. Answered by <see cref="LeaseUsed"/> or <see cref="UseFailed"/>, always.
/// </summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Handler">The name under which that node's code has registered what is to be done (<see cref="ActorPools.HandleUse"/>).</param>
/// <param name="Payload">What the handler is given. To another node it travels as Akka.NET's serialization is configured to write its type.</param>
public sealed record UseLease(string Pool, string Handler, object Payload) : IClusterMessage
{
    /// <summary>
    /// How long the whole may take, the way there, the wait for a connection and the way back included; null for
    /// <c>akka.actorpool.cluster.use.time-limit</c>. 1 ms to 1 day. What is left of it travels with the request, and cancels the handler's token.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Only a node that is in the cluster in this role may do it; null for any that can.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// Whether another node is to be asked when the first is lost before it answered, though it may have done the work. Default false: then the sender is told, and decides.
    /// </summary>
    public bool MayBeRepeated { get; init; }

    /// <summary>What is asked of whom; not the payload.</summary>
    public override string ToString() => $"use '{Handler}' of pool '{Pool}'{(Role is null ? "" : $" in role '{Role}'")}";
}
