using System.Runtime.Serialization;
using ActorPool.AkkaNet.Clustering;
using ActorPool.AkkaNet.Messaging;
using ActorPool.AkkaNet.Tests.Clustering;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Messaging;

/// <summary>Every message between nodes comes back as it was.</summary>
public sealed class ClusterSerializerTests
{
    static IReadOnlyList<IClusterMessage> Messages { get; } =
    [
        new UseOrder(long.MaxValue, "orders", "greet \"ä\"", "payload", TimeSpan.FromMilliseconds(1234.5)),
        new OrderDone(7, 42L),
        new OrderFailed(8, new UseFailed(UseFailureReason.PoolFailed, "no connection")
        {
            MayHaveRun = true, PoolReason = PoolFailureReason.Unavailable, Node = "akka.tcp://shop@127.0.0.1:1",
        }),
        new OrderRefused(9),
        GetOffers.Instance,
        new Offers(-5, [UseName.Of("orders", "greet"), UseName.Of("orders", "drop")]),
        GetNodePools.Instance,
        new NodePools(2,
        [
            new NodePoolSnapshot
            {
                Name = "orders", Health = PoolHealth.Failing, IsClosed = true, IsPaused = true, Leased = 1, Idle = 2, Opening = 3, Waiting = 4, MaxSize = 5, LastError = "no",
            },
            new NodePoolSnapshot { Name = "idle", Health = PoolHealth.Healthy, Leased = 0, Idle = 0, Opening = 0, Waiting = 0, MaxSize = 1 },
        ]),
        new UseLease("orders", "greet", "payload") { TimeLimit = TimeSpan.FromMinutes(3), Role = "db", MayBeRepeated = true },
        new LeaseUsed("result", "akka.tcp://shop@127.0.0.1:2"),
        new UseFailed(UseFailureReason.NoNode, "nobody"),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, 11)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_message_comes_back_as_it_was(int number)
    {
        await using var nodes = new ClusterNodes();
        var system = Begin(nodes);
        var message = Messages[number];
        var serializer = Assert.IsType<ClusterSerializer>(system.Serialization.FindSerializerFor(message));

        var bytes = serializer.ToBinary(message);
        var back = system.Serialization.Deserialize(bytes, serializer.Identifier, serializer.Manifest(message));

        Assert.IsType(message.GetType(), back);
        Assert.Equal(bytes, serializer.ToBinary(back));
        Assert.Equal(Comparable(message, system), Comparable(back, system));
    }

    [Fact]
    public void There_is_one_of_every_kind() => Assert.Equal(
        typeof(IClusterMessage).Assembly.GetTypes().Where(static type => type.IsClass && type.IsAssignableTo(typeof(IClusterMessage))).Select(static type => type.Name).Order(),
        Messages.Select(static message => message.GetType().Name).Order());

    [Fact]
    public async Task Bytes_that_are_none_and_kinds_that_are_unknown_are_refused()
    {
        await using var nodes = new ClusterNodes();
        var system = Begin(nodes);
        var serializer = (ClusterSerializer)system.Serialization.FindSerializerFor(GetOffers.Instance);

        Assert.Throws<SerializationException>(() => serializer.FromBinary([1, 2, 3], "order"));
        Assert.Throws<SerializationException>(() => serializer.FromBinary([255, 255, 255, 127, 1], "order"));
        Assert.Throws<SerializationException>(() => serializer.FromBinary([255, 255, 255, 255, 1], "order"));
        Assert.Contains("same version", Assert.Throws<SerializationException>(() => serializer.FromBinary([], "later")).Message, StringComparison.Ordinal);
        Assert.Throws<SerializationException>(() => serializer.Manifest("text"));
    }

    static ActorSystem Begin(ClusterNodes nodes)
    {
        var system = nodes.Add("web");
        return system;
    }

    /// <summary>Lists compare by what is in them, payloads by what they say.</summary>
    static object Comparable(object message, ActorSystem system)
    {
        var payloads = new Payloads((ExtendedActorSystem)system);
        return message switch
        {
            UseOrder order => order with { Payload = payloads.Unwrap(order.Payload, "payload") },
            OrderDone done => done with { Result = payloads.Unwrap(done.Result, "result") },
            UseLease use => (use.Pool, use.Handler, payloads.Unwrap(use.Payload, "payload"), use.TimeLimit, use.Role, use.MayBeRepeated),
            Offers offers => (offers.NodeUid, string.Join(' ', offers.Names)),
            NodePools pools => (pools.Count, string.Join(' ', pools.Pools)),
            _ => message,
        };
    }
}
