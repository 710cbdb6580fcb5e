using System.Runtime.Serialization;
using ActorPool.AkkaNet.Clustering;
using Akka.Actor;
using Akka.Serialization;

namespace ActorPool.AkkaNet.Messaging;

/// <summary>Writes what routers of pools tell each other between nodes: a header in JSON, and the user's payload as the user's own serializers write it.</summary>
/// <param name="system">The actor system.</param>
public sealed class ClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    const string Name = "actorpool-cluster";

    readonly Payloads _payloads = new(system);

    /// <inheritdoc/>
    /// <exception cref="SerializationException">It is no message between nodes.</exception>
    public override string Manifest(object o) => o switch
    {
        UseOrder => "order",
        OrderDone => "done",
        OrderFailed => "failed",
        OrderRefused => "refused",
        GetOffers => "get-offers",
        Offers => "offers",
        GetNodePools => "get-pools",
        NodePools => "pools",
        UseLease => "use",
        LeaseUsed => "used",
        UseFailed => "use-failed",
        _ => throw Unknown(o?.GetType().Name ?? "null"),
    };

    /// <inheritdoc/>
    /// <exception cref="SerializationException">It is no message between nodes.</exception>
    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case UseOrder order:
                var payload = _payloads.Wrap(order.Payload, "payload");
                return Envelope.Write(
                    new OrderHeader(order.Id, order.Pool, order.Handler, order.Remaining, PayloadHeader.Of(payload)), ClusterJson.Default.OrderHeader, payload);
            case OrderDone done:
                var result = _payloads.Wrap(done.Result, "result");
                return Envelope.Write(new DoneHeader(done.Id, PayloadHeader.Of(result)), ClusterJson.Default.DoneHeader, result);
            case OrderFailed failed:
                return Envelope.Write(failed, ClusterJson.Default.OrderFailed);
            case OrderRefused refused:
                return Envelope.Write(refused, ClusterJson.Default.OrderRefused);
            case GetOffers or GetNodePools:
                return [];
            case Offers offers:
                return Envelope.Write(offers, ClusterJson.Default.Offers);
            case NodePools pools:
                return Envelope.Write(pools, ClusterJson.Default.NodePools);
            case UseLease use:
                var asked = _payloads.Wrap(use.Payload, "payload");
                return Envelope.Write(
                    new UseHeader(use.Pool, use.Handler, use.TimeLimit, use.Role, use.MayBeRepeated, PayloadHeader.Of(asked)), ClusterJson.Default.UseHeader, asked);
            case LeaseUsed used:
                var answer = _payloads.Wrap(used.Result, "result");
                return Envelope.Write(new UsedHeader(used.Node, PayloadHeader.Of(answer)), ClusterJson.Default.UsedHeader, answer);
            case UseFailed useFailed:
                return Envelope.Write(useFailed, ClusterJson.Default.UseFailed);
            default:
                throw Unknown(obj?.GetType().Name ?? "null");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">These bytes are no message between nodes.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        byte[] rest;
        switch (manifest)
        {
            case "order":
                var order = Envelope.Read(bytes, ClusterJson.Default.OrderHeader, out rest);
                return new UseOrder(order.Id, order.Pool, order.Handler, order.Payload.With(rest), order.Remaining);
            case "done":
                var done = Envelope.Read(bytes, ClusterJson.Default.DoneHeader, out rest);
                return new OrderDone(done.Id, done.Payload.With(rest));
            case "failed":
                return Envelope.Read(bytes, ClusterJson.Default.OrderFailed, out _);
            case "refused":
                return Envelope.Read(bytes, ClusterJson.Default.OrderRefused, out _);
            case "get-offers":
                return GetOffers.Instance;
            case "offers":
                return Envelope.Read(bytes, ClusterJson.Default.Offers, out _);
            case "get-pools":
                return GetNodePools.Instance;
            case "pools":
                return Envelope.Read(bytes, ClusterJson.Default.NodePools, out _);
            case "use":
                // Its payload is read where it is needed.
                var use = Envelope.Read(bytes, ClusterJson.Default.UseHeader, out rest);
                return new UseLease(use.Pool, use.Handler, use.Payload.With(rest)) { TimeLimit = use.TimeLimit, Role = use.Role, MayBeRepeated = use.MayBeRepeated };
            case "used":
                var used = Envelope.Read(bytes, ClusterJson.Default.UsedHeader, out rest);
                return new LeaseUsed(_payloads.Unwrap(used.Payload.With(rest), "result"), used.Node);
            case "use-failed":
                return Envelope.Read(bytes, ClusterJson.Default.UseFailed, out _);
            default:
                throw Unknown(manifest ?? "null");
        }
    }

    /// <summary>Has a system use it that has begun before the defaults of <c>akka.conf</c> were known to it.</summary>
    internal static void Register(ExtendedActorSystem system)
    {
        if (system.Serialization.FindSerializerForType(typeof(GetOffers)) is ClusterSerializer)
        {
            return;
        }

        var serializer = new ClusterSerializer(system);
        system.Serialization.AddSerializer(Name, serializer);
        foreach (var type in typeof(IClusterMessage).Assembly.GetTypes().Where(static type => type.IsClass && type.IsAssignableTo(typeof(IClusterMessage))))
        {
            system.Serialization.AddSerializationMap(type, serializer);
        }
    }

    static SerializationException Unknown(string what) => new(
        $"ActorPool's messages between nodes know no '{what}'. Have the same version of ActorPool.AkkaNet on all nodes.");
}
