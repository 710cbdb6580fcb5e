using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;
using Akka.Actor;
using Akka.Serialization;

namespace ActorPool.AkkaNet.Tests.Budgeting;

public sealed class KeeperSerializerTests : IAsyncLifetime
{
    readonly ActorSystem _system = ActorSystem.Create("wire", AkkaGrantStore.DefaultConfig());

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void Every_message_between_members_has_the_serializer_and_comes_back_as_it_was()
    {
        IKeeperMessage[] messages =
        [
            new CommitRequest(new GrantTransaction
            {
                Budget = "orders",
                Incarnation = "akka/1/a",
                Expected = [new("book", 1L << 40), new("node/ä", 0)],
                Writes = [new("book", "{ \"x\": \"ä\" }"), new("node/ä", null)],
                Notify = ["node/b"],
                Read = ["book"],
                ReadAfter = "node/a",
                ReadAfterCount = 3,
                ReadAfterPrefix = "node/",
            }),
            new CommitReply(true, (1L << 32) + 1, "akka/1/a", (1L << 32) + 2, RecordPacking.Pack([new("book", "1", 3)])),
            new CommitRefused("why"),
            new WatchRecord("orders", "node/a"),
            new UnwatchRecord("orders", "node/a"),
            new WatchStands(),
            new RecordChanged(),
            new CopyRequest { From = new("akka.tcp://a@h:1", -5), To = new("akka.tcp://a@h:2", 7), Keeper = new(3, "k"), Store = new("orders", new(3, "k"), 9, [1, 2, 255]), Load = "orders" },
            new CopyAnswer(new(3, "k"), new("orders", new(3, "k"), 9, [1, 2, 255]), "no"),
            new KeeperMark(3, "k"),
            new BudgetRecords("orders", new(3, "k"), 9, []),
        ];
        Assert.Equal(typeof(IKeeperMessage).Assembly.GetTypes().Count(static type => typeof(IKeeperMessage).IsAssignableFrom(type) && type.IsClass), messages.Length);
        foreach (var message in messages)
        {
            var serializer = Assert.IsType<KeeperSerializer>(_system.Serialization.FindSerializerFor(message));
            var bytes = serializer.ToBinary(message);
            var back = _system.Serialization.Deserialize(bytes, serializer.Identifier, serializer.Manifest(message));
            Assert.Equal(message.GetType(), back.GetType());
            Assert.Equal(bytes, serializer.ToBinary(back));
        }
    }

    [Fact]
    public void A_message_of_another_version_is_refused_by_name()
    {
        var serializer = (SerializerWithStringManifest)_system.Serialization.FindSerializerForType(typeof(IKeeperMessage));
        Assert.Contains("'later'", Assert.Throws<ArgumentException>(() => serializer.FromBinary([], "later")).Message, StringComparison.Ordinal);
    }
}
