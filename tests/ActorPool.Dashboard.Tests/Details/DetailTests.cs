using System.Net;
using System.Text.Json;
using ActorPool.Dashboard.Tests.Hosting;
using ActorPool.TestKit;

namespace ActorPool.Dashboard.Tests.Details;

/// <summary>What is told to who looks closely.</summary>
public sealed class DetailTests
{
    [Fact]
    public async Task A_pool_tells_who_holds_what_and_since_when()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders", options => options.MaxSize = 4);
        using var held = await pool.AcquireAsync(new AcquireLease(Holder: "checkout of basket 12"));
        using var unnamed = await pool.AcquireAsync();

        var connections = (await GetAsync(host, "pool?id=1")).GetProperty("connections").EnumerateArray().ToList();

        var holders = connections.ToDictionary(
            connection => connection.GetProperty("id").GetInt64(),
            connection => connection.GetProperty("leases")[0].TryGetProperty("holder", out var holder) ? holder.GetString() : null);
        Assert.Equal("checkout of basket 12", holders[held.ConnectionId]);
        Assert.Null(holders[unnamed.ConnectionId]);
        Assert.All(connections, connection => Assert.Equal("L", connection.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_connection_tells_its_flight_recorder_and_where_its_lease_was_acquired()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders", options => options.CaptureStacks = true);
        (await pool.AcquireAsync()).Dispose();
        using var lease = await pool.AcquireAsync();
        await GetAsync(host, "pool?id=1");

        var connection = await GetAsync(host, $"connection?pool=1&id={lease.ConnectionId}");

        var history = connection.GetProperty("history").EnumerateArray().Select(transition => transition.GetString()!).ToList();
        Assert.StartsWith("Open → Opening", history[0], StringComparison.Ordinal);
        Assert.StartsWith("Take → Leased", history[^1], StringComparison.Ordinal);
        Assert.Contains(nameof(A_connection_tells_its_flight_recorder_and_where_its_lease_was_acquired), connection.GetProperty("stacks")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_tells_of_a_connection_that_was_lost_with_its_flight_recorder()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool("orders");
        var lease = await pool.AcquireAsync();
        await GetAsync(host, "pool?id=1");

        lease.MarkFaulty(new IOException("the peer reset the connection"));
        lease.Dispose();

        var journal = await JournalAsync(host, entries => entries.Any(entry => entry.GetProperty("trouble").GetBoolean()));
        var loss = journal.Single(entry => entry.GetProperty("trouble").GetBoolean());
        Assert.StartsWith("Connection 1 was lost (Fault)", loss.GetProperty("line").GetString(), StringComparison.Ordinal);
        Assert.Contains("the peer reset the connection", loss.GetProperty("line").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, loss.GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task The_same_failure_again_and_again_is_one_entry_of_the_journal()
    {
        await using var host = await DashboardHost.StartAsync();
        var connector = ScriptedConnection.Connector();
        connector.Opens.Always(StepPlan.Fail(new IOException("refused")));
        var pool = host.AddPool("orders", options => options.ReconnectBackoff.Initial = TimeSpan.FromMilliseconds(10), connector);
        await GetAsync(host, "pool?id=1");
        _ = pool.WarmUpAsync(1);

        var journal = await JournalAsync(host, entries => entries.Any(entry => entry.GetProperty("times").GetInt32() >= 3));

        Assert.Single(journal);
    }

    [Fact]
    public async Task What_is_shown_is_bounded_however_much_there_is()
    {
        await using var host = await DashboardHost.StartAsync();
        var pool = host.AddPool(new string('n', 5_000), options => { options.MaxSize = 300; options.MinSize = 300; options.MaxConcurrentConnects = 300; });
        await pool.WarmUpAsync(300);
        using var lease = await pool.AcquireAsync(new AcquireLease(Holder: string.Concat(Enumerable.Repeat("😀", 5_000))));

        var details = await GetAsync(host, "pool?id=1");

        Assert.Equal((200, 300), (details.GetProperty("connections").GetArrayLength(), details.GetProperty("total").GetInt32()));
        Assert.Equal(300, (await GetAsync(host, "pool?id=1&limit=1000")).GetProperty("connections").GetArrayLength());
        Assert.Equal(200, details.GetProperty("name").GetString()!.Length);
        var holder = (await GetAsync(host, $"pool?id=1&limit=1000")).GetProperty("connections").EnumerateArray()
            .Single(connection => connection.GetProperty("leases").GetArrayLength() > 0).GetProperty("leases")[0].GetProperty("holder").GetString()!;
        Assert.True(holder.Length <= 200 && holder.EndsWith("😀…", StringComparison.Ordinal), holder);
        Assert.False(details.TryGetProperty("slots", out _));
    }

    [Theory]
    [InlineData("pool?id=77")]
    [InlineData("pool")]
    [InlineData("pool?id=1e99")]
    [InlineData("connection?pool=1&id=77")]
    [InlineData("connection?pool=77&id=1")]
    public async Task What_is_gone_is_answered_with_one_line(string address)
    {
        await using var host = await DashboardHost.StartAsync();
        host.AddPool("orders");
        await GetAsync(host, "pool?id=1");

        using var answer = await host.Client.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("closed", JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_never_shown()
    {
        Assert.Equal("a�b", Text.Bounded("a\ud83db", 10));
        Assert.Equal("aa…", Text.Bounded("aa😀a", 4));
        Assert.Equal("one two", Text.Bounded("one\r\ntwo", 10));
    }

    static async Task<List<JsonElement>> JournalAsync(DashboardHost host, Func<List<JsonElement>, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            List<JsonElement> journal = [.. (await GetAsync(host, "pool?id=1")).GetProperty("journal").EnumerateArray()];
            if (condition(journal))
            {
                return journal;
            }
        }
    }

    static async Task<JsonElement> GetAsync(DashboardHost host, string address) =>
        JsonElement.Parse(await host.Client.GetStringAsync(address));
}
