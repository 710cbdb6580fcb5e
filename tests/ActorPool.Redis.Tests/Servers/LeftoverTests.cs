namespace ActorPool.Redis.Tests.Servers;

/// <summary>What a holder leaves behind is gone for the next one, and what cannot be is refused.</summary>
public sealed class LeftoverTests(SharedRedis shared) : RedisTest, IClassFixture<SharedRedis>
{
    public static TheoryData<int> Protocols => [2, 3];

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task An_open_transaction_is_discarded(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol, options => options.Pool.MaxSize = 1);
        await using (var lease = await pool.AcquireAsync())
        {
            await AskAsync(lease.Connection, "MULTI");
            await AskAsync(lease.Connection, "SET", "leftover:transaction", "never");
        }

        Assert.Null(await AskAsync(pool, "GET", "leftover:transaction"));
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task Watched_keys_are_forgotten(int protocol)
    {
        var server = await shared.GetAsync();
        var pool = PoolOf(server, protocol, options => options.Pool.MaxSize = 1);
        await using (var lease = await pool.AcquireAsync())
        {
            await AskAsync(lease.Connection, "WATCH", "leftover:watched");
        }

        await AskAsync(OperatorOf(server), "INCR", "leftover:watched");
        var replies = await pool.ExecuteAsync(new RedisPipeline().Add("MULTI").Add("PING").Add("EXEC"));

        Assert.Equal(["PONG"], replies[2].Items.Select(item => item.AsString()));
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task The_database_and_the_name_are_those_of_the_options_again(int protocol)
    {
        var server = await shared.GetAsync();
        var pool = PoolOf(server, protocol, options => (options.Pool.MaxSize, options.Connection.Database) = (1, 1), "&client_name=mine");
        await using (var lease = await pool.AcquireAsync())
        {
            await AskAsync(lease.Connection, "SELECT", 3);
            await AskAsync(lease.Connection, "CLIENT", "SETNAME", "theirs");
        }

        var info = await AskAsync(pool, "CLIENT", "INFO");

        Assert.Contains(" db=1 ", info, StringComparison.Ordinal);
        Assert.Contains(" name=mine ", info, StringComparison.Ordinal);
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task A_database_that_was_chosen_back_in_a_discarded_transaction_is_put_right_too()
    {
        var pool = PoolOf(await shared.GetAsync(), configure: options => options.Pool.MaxSize = 1);
        await pool.ExecuteAsync(new RedisPipeline().Add("SELECT", 2).Add("MULTI").Add("SELECT", 0).Add("DISCARD"));

        Assert.Contains(" db=0 ", await AskAsync(pool, "CLIENT", "INFO"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_connection_that_has_nothing_to_clear_is_not_reset()
    {
        var pool = PoolOf(await shared.GetAsync(), configure: options => options.Pool.MaxSize = 1);
        var returns = new List<int>();

        foreach (var pipeline in new[]
        {
            new RedisPipeline().Add("PING"),
            new RedisPipeline().Add("WATCH", "leftover:clean").Add("MULTI").Add("INCR", "leftover:clean").Add("EXEC"),
            new RedisPipeline().Add("WATCH", "leftover:clean").Add("UNWATCH"),
            new RedisPipeline().Add("MULTI").Add("NOSUCHCOMMAND").Add("EXEC"),
        })
        {
            await using (var lease = await pool.AcquireAsync())
            {
                await lease.Connection.ExecuteAsync(pipeline);
            }

            returns.Add(pool.Snapshot().Idle);
        }

        // idle at once
        Assert.Equal([1, 1, 1, 1], returns);
    }

    [SkippableFact]
    public async Task What_only_a_new_connection_puts_right_closes_it()
    {
        var pool = PoolOf(await shared.GetAsync(), protocol: 3, configure: options => options.Pool.MaxSize = 1);
        await AskAsync(pool, "CLIENT", "TRACKING", "ON");

        Assert.Contains(" flags=N ", await AskAsync(pool, "CLIENT", "INFO"), StringComparison.Ordinal);
        Assert.Equal(2, pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task Push_messages_between_replies_are_skipped()
    {
        var pool = PoolOf(await shared.GetAsync(), protocol: 3, configure: options => options.Pool.MaxSize = 1);
        await using var lease = await pool.AcquireAsync();
        await AskAsync(lease.Connection, "CLIENT", "TRACKING", "ON", "BCAST");

        for (var i = 0; i < 20; i++)
        {
            // what one's own writes invalidate is told in between
            Assert.Equal("OK", await AskAsync(lease.Connection, "SET", "leftover:push", i));
            Assert.Equal($"{i}", await AskAsync(lease.Connection, "GET", "leftover:push"));
        }
    }

    [SkippableTheory]
    [InlineData("SUBSCRIBE", "channel")]
    [InlineData("psubscribe", "pattern")]
    [InlineData("SSUBSCRIBE", "shard")]
    [InlineData("MONITOR", null)]
    [InlineData("AUTH", "secret")]
    [InlineData("HELLO", "3")]
    [InlineData("RESET", null)]
    [InlineData("Quit", null)]
    [InlineData("CLIENT", "reply")]
    [InlineData("SCRIPT", "debug")]
    public async Task What_makes_a_connection_something_else_is_refused_before_a_byte_is_sent(string command, string? argument)
    {
        var pool = PoolOf(await shared.GetAsync(), configure: options => options.Pool.MaxSize = 1);
        RedisArgument[] arguments = argument is null ? [] : [argument];

        var error = await Assert.ThrowsAsync<NotSupportedException>(async () => await pool.ExecuteAsync(command, arguments));
        Assert.Throws<NotSupportedException>(() => new RedisPipeline().Add("MULTI").Add(command, arguments));

        Assert.Contains("is refused on a pooled connection", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal("PONG", await AskAsync(pool, "PING"));
        Assert.Equal((1, 0), (pool.Snapshot().Opened, pool.Snapshot().Closed.Count));
    }
}
