using System.Text;
using ActorPool.TestKit;
using Akka.Actor;
using Akka.Serialization;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>What users send travels as their own serializers write it, and what cannot travel is told to the sender.</summary>
public sealed class PayloadTests
{
    const string Bindings =
        """
        akka.actor {
          serializers.own = "ActorPool.AkkaNet.Tests.Clustering.PayloadTests+OwnSerializer, ActorPool.AkkaNet.Tests"
          serialization-bindings {
            "ActorPool.AkkaNet.Tests.Clustering.PayloadTests+Order, ActorPool.AkkaNet.Tests" = own
            "ActorPool.AkkaNet.Tests.Clustering.PayloadTests+Stubborn, ActorPool.AkkaNet.Tests" = own
          }
        }
        """;

    [Fact]
    public async Task A_type_of_the_users_own_travels_by_its_own_serializer_both_ways()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web", settings: Bindings);
        var database = nodes.AddWorker("db", settings: Bindings);
        ActorPools.For(database).HandleUse<ScriptedConnection, Order, Order>("orders", "double", (_, order, _) => new(new Order(order.Number * 2, order.Trail + " handled")));
        await nodes.AllUpAsync();

        var answer = Assert.IsType<Order>(Assert.IsType<LeaseUsed>(await web.AskAsync(new UseLease("orders", "double", new Order(21, "asked")))).Result);

        Assert.Equal(new Order(42, "asked written read handled written read"), answer);
    }

    [Fact]
    public async Task An_actor_in_a_payload_can_be_told_from_the_other_node()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        ActorPools.For(database).HandleUse<ScriptedConnection, IActorRef, bool>("orders", "tell", (_, listener, _) =>
        {
            listener.Tell("from the connection");
            return new(true);
        });
        await nodes.AllUpAsync();
        var kit = new Akka.TestKit.Xunit2.TestKit(web);

        await web.AskAsync(new UseLease("orders", "tell", kit.TestActor));

        Assert.Equal("from the connection", await kit.ExpectMsgAsync<string>(ClusterNodes.Patience));
    }

    [Fact]
    public async Task Within_a_node_nothing_is_written()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db", settings: Bindings);
        var payload = new Stubborn();
        ActorPools.For(database).HandleUse<ScriptedConnection, Stubborn, Stubborn>("orders", "same", (_, stubborn, _) => new(stubborn));

        Assert.Same(payload, Assert.IsType<LeaseUsed>(await database.AskAsync(new UseLease("orders", "same", payload))).Result);
    }

    [Fact]
    public async Task What_cannot_be_written_or_read_or_is_too_large_or_not_taken_is_told_with_the_reason()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web", settings: Bindings);
        var database = nodes.AddWorker("db", settings: Bindings);
        var pools = ActorPools.For(database);
        pools.HandleUse<ScriptedConnection, string, object>("orders", "stubborn result", (_, _, _) => new(new Stubborn()));
        pools.HandleUse<ScriptedConnection, string, object>("orders", "large result", (_, _, _) => new(new string('x', 200_000)));
        pools.HandleUse<ScriptedConnection, object, object>("orders", "anything", (_, payload, _) => new(payload));
        pools.HandleUse<ScriptedConnection, int, string?>("orders", "number", (_, _, _) => new((string?)null));
        await nodes.AllUpAsync();

        await RefusedAsync("anything", new Stubborn(), mayHaveRun: false, "The payload, a Stubborn, cannot be written: NotSupportedException: I do not travel");
        await RefusedAsync("anything", new string('x', 200_000), mayHaveRun: false, "raise akka.remote.dot-netty.tcp.maximum-frame-size");
        await RefusedAsync("anything", new Order(-1, ""), mayHaveRun: false, "cannot be read: FormatException");
        await RefusedAsync("number", "one", mayHaveRun: false, "Handler 'number' of pool 'orders' takes a Int32, not a String");
        await RefusedAsync("stubborn result", "", mayHaveRun: true, "The result, a Stubborn, cannot be written");
        await RefusedAsync("large result", "", mayHaveRun: true, "The result, a String, has 2000");
        Assert.Null(Assert.IsType<LeaseUsed>(await web.AskAsync(new UseLease("orders", "number", 1))).Result);

        async Task RefusedAsync(string handler, object payload, bool mayHaveRun, string text)
        {
            var failed = Assert.IsType<UseFailed>(await web.AskAsync(new UseLease("orders", handler, payload)));
            Assert.Equal((UseFailureReason.PayloadRefused, mayHaveRun), (failed.Reason, failed.MayHaveRun));
            Assert.Contains(text, failed.Text, StringComparison.Ordinal);
        }
    }

    public sealed record Order(int Number, string Trail);

    public sealed record Stubborn;

    /// <summary>Leaves a trail; refuses the stubborn, and cannot read negative numbers.</summary>
    public sealed class OwnSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 424_242;

        public override string Manifest(object o) => "order";

        public override byte[] ToBinary(object obj) =>
            obj is Order order ? Encoding.UTF8.GetBytes($"{order.Number}|{order.Trail} written") : throw new NotSupportedException("I do not travel");

        public override object FromBinary(byte[] bytes, string manifest) => Encoding.UTF8.GetString(bytes).Split('|') is [var number, var trail] && !number.StartsWith('-')
            ? new Order(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), trail + " read")
            : throw new FormatException("no such number");
    }
}
