using System.Globalization;
using System.Text.RegularExpressions;
using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;
using ActorPool.Budgets.Book;
using ActorPool.Tests;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What the keeper answers fits into a message, or is a refusal that does: remoting drops what is larger, and tells nobody but the log.</summary>
public sealed class KeeperAnswerTests : IAsyncLifetime
{
    // Akka.NET's default.
    const int FrameMax = 128_000;
    const int PackedMax = 92_928;

    static readonly GrantTransaction ReadAll = new() { Budget = "orders", ReadAll = true };

    readonly ActorSystem _system = ActorSystem.Create("wire", AkkaGrantStore.DefaultConfig());

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void All_records_of_as_many_nodes_as_the_page_says_fit_into_one_message()
    {
        var page = Repository.Read("src/ActorPool.AkkaNet/BUDGET.md");
        var told = Regex.Match(page, @"Those of (?<nodes>[\d,]+) nodes fit", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["nodes"].Value;
        var nodes = int.Parse(told, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var records = Records(nodes);

        var answer = Assert.IsType<CommitReply>(CommitReply.Of(ReadAll, new GrantReply(true, 0, "akka/1/a", 1, records), PackedMax));

        var bytes = _system.Serialization.FindSerializerFor(answer).ToBinary(answer);
        Assert.InRange(bytes.Length, FrameMax / 2, FrameMax - 2_000);
        Assert.True(records.Sum(static record => record.Value.Length) > FrameMax, "as they are they would fit as well");
        Assert.Equal(records, answer.Unpack().Records);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_numbers_and_whether_it_has_written()
    {
        var records = Records(5_000);

        var read = Assert.IsType<CommitRefused>(CommitReply.Of(ReadAll, new GrantReply(true, 0, "akka/1/a", 1, records), PackedMax));
        var written = Assert.IsType<CommitRefused>(CommitReply.Of(ReadAll, new GrantReply(true, 7, "akka/1/a", 7, records), PackedMax));

        Assert.Contains("The records of budget 'orders' that were asked for take", read.Text, StringComparison.Ordinal);
        Assert.Contains("92928 fit into one message between members (akka.remote.dot-netty.tcp.maximum-frame-size)", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("is written", read.Text, StringComparison.Ordinal);
        Assert.Contains("is written, but the answer cannot be sent", written.Text, StringComparison.Ordinal);
    }

    /// <summary>As nodes write them that have the names of pods, are busy, and of which one in ten is asked for something by another.</summary>
    static GrantRecord[] Records(int count)
    {
        var random = new Random(1);
        var book = new BookRecord { Incarnation = "akka/1/0123456789ab", Epoch = 1, Max = 20_000, Free = 17, Nodes = count };
        return [new GrantRecord("book", BookJson.Write(book), (1L << 32) + count), .. Enumerable.Range(0, count).Select(_ => Record(random))];
    }

    static GrantRecord Record(Random random)
    {
        var (name, digits) = (Name(random), Digits(random, 8));
        var node = new NodeRecord
        {
            Name = name,
            Client = $"orders/{name}/{digits}",
            Beat = random.Next(1_000_000),
            Held = random.Next(20),
            Wanted = random.Next(20),
            Asks = random.Next(10) > 0 ? [] : [new GrantAsk($"node/{Name(random)}-{Digits(random, 8)}", random.Next(20), random.Next(20))],
        };
        return new GrantRecord($"node/{name}-{digits}", BookJson.Write(node), (1L << 32) + random.Next(10_000_000));
    }

    static string Name(Random random) => $"shop-7d9c6b5f48-{Digits(random, 5)}";

    static string Digits(Random random, int count) => string.Create(count, random, static (digits, random) => random.GetItems("0123456789abcdef", digits));
}
