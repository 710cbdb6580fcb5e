using System.Globalization;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Redis.Tests.Servers;

/// <summary>Commands and pipelines on a real server, in both protocols.</summary>
public sealed class RedisConnectionTests(SharedRedis shared) : RedisTest, IClassFixture<SharedRedis>
{
    public static TheoryData<int> Protocols => [2, 3];

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_command_is_answered_in_the_kinds_of_its_protocol(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);
        await using var lease = await pool.AcquireAsync();
        var redis = lease.Connection;

        Assert.Equal(RedisReplyKind.SimpleString, (await redis.ExecuteAsync("SET", "kinds:text", "value")).Kind);
        Assert.Equal("value", (await redis.ExecuteAsync("GET", "kinds:text")).AsString());
        Assert.True((await redis.ExecuteAsync("GET", "kinds:none")).IsNull);
        Assert.Equal(5, (await redis.ExecuteAsync("STRLEN", "kinds:text")).AsInt64());
        await redis.ExecuteAsync("HSET", "kinds:hash", "a", 1, "b", 2.5);
        var hash = await redis.ExecuteAsync("HGETALL", "kinds:hash");
        Assert.Equal(protocol == 3 ? RedisReplyKind.Map : RedisReplyKind.Array, hash.Kind);
        Assert.Equal(["a", "1", "b", "2.5"], hash.Items.Select(item => item.AsString()));
        await redis.ExecuteAsync("SADD", "kinds:set", "x");
        Assert.Equal(protocol == 3 ? RedisReplyKind.Set : RedisReplyKind.Array, (await redis.ExecuteAsync("SMEMBERS", "kinds:set")).Kind);
        await redis.ExecuteAsync("ZADD", "kinds:sorted", 1.5, "m", double.PositiveInfinity, "n");
        var score = await redis.ExecuteAsync("ZSCORE", "kinds:sorted", "m");
        Assert.Equal(protocol == 3 ? RedisReplyKind.Double : RedisReplyKind.BulkString, score.Kind);
        Assert.Equal(1.5, score.AsDouble());
        Assert.Equal(double.PositiveInfinity, (await redis.ExecuteAsync("ZSCORE", "kinds:sorted", "n")).AsDouble());
        Assert.True((await redis.ExecuteAsync("SISMEMBER", "kinds:set", "x")).AsBoolean());
        Assert.Contains("redis_version", (await redis.ExecuteAsync("INFO", "server")).AsString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task Bytes_of_every_value_and_large_texts_come_back_as_they_were(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var large = new byte[3_000_000];
        new Random(7).NextBytes(large);

        await pool.ExecuteAsync("SET", ["bytes:all", all]);
        await pool.ExecuteAsync("SET", ["bytes:large", large.AsMemory()]);

        Assert.Equal(all, (await pool.ExecuteAsync("GET", ["bytes:all"])).ToArray());
        Assert.Equal(large, (await pool.ExecuteAsync("GET", ["bytes:large"])).ToArray());
        Assert.Equal("", (await pool.ExecuteAsync("ECHO", [""])).AsString());
        Assert.Equal("grüße ✓", (await pool.ExecuteAsync("ECHO", ["grüße ✓"])).AsString());
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_pipeline_is_answered_in_order_with_errors_in_their_places(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);
        var pipeline = new RedisPipeline()
            .Add("SET", "pipeline:n", 40)
            .Add("INCRBY", "pipeline:n", 2)
            .Add("LPUSH", "pipeline:n", "no list")
            .Add("GET", "pipeline:n");

        var replies = await pool.ExecuteAsync(pipeline);

        Assert.Equal(["OK", "42", "42"], new[] { replies[0], replies[1], replies[3] }.Select(reply => reply.AsString()));
        Assert.True(replies[2].IsError);
        Assert.Equal("WRONGTYPE", Assert.Throws<RedisErrorException>(() => replies[2].ThrowIfError()).Code);
        Assert.Throws<RedisErrorException>(() => replies[2].AsString());
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_pipeline_of_any_size_runs_again_and_again(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);
        var pipeline = new RedisPipeline();
        foreach (var count in new[] { 0, 1, 3, 20_000, 5, 20_000, 20_000 })
        {
            pipeline.Clear();
            for (var i = 0; i < count; i++)
            {
                pipeline.Add("ECHO", string.Create(CultureInfo.InvariantCulture, $"{count}/{i}/{new string('x', i % 50)}"));
            }

            for (var run = 0; run < 2; run++)
            {
                var replies = await pool.ExecuteAsync(pipeline);

                Assert.Equal(count, replies.Count);
                for (var i = 0; i < count; i++)
                {
                    Assert.Equal($"{count}/{i}/{new string('x', i % 50)}", replies[i].AsString());
                }
            }
        }

        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_pipeline_larger_than_all_buffers_is_answered(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);
        var pipeline = new RedisPipeline();
        var megabyte = new byte[1_000_000];
        for (var i = 0; i < 40; i++)
        {
            megabyte[0] = (byte)i;
            pipeline.Add("ECHO", megabyte);
        }

        var replies = await pool.ExecuteAsync(pipeline);

        Assert.Equal(Enumerable.Range(0, 40), replies.Select(reply => (int)reply.AsMemory().Span[0]));
        Assert.All(replies, reply => Assert.Equal(1_000_000, reply.AsMemory().Length));
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_transaction_is_a_pipeline(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);

        var replies = await pool.ExecuteAsync(new RedisPipeline()
            .Add("MULTI").Add("SET", "transaction:a", 1).Add("INCR", "transaction:a").Add("EXEC"));

        Assert.Equal(["OK", "QUEUED", "QUEUED"], replies.Take(3).Select(reply => reply.AsString()));
        Assert.Equal(["OK", "2"], replies[3].Items.Select(item => item.AsString()));
        Assert.Equal((0, 1), (pool.Snapshot().Resetting, pool.Snapshot().Idle));
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task An_error_reply_leaves_the_connection_fit(int protocol)
    {
        var pool = PoolOf(await shared.GetAsync(), protocol);

        var error = await Assert.ThrowsAsync<RedisErrorException>(async () => await pool.ExecuteAsync("NOSUCHCOMMAND", []));

        Assert.Equal("ERR", error.Code);
        Assert.Equal("PONG", await AskAsync(pool, "PING"));
        Assert.Equal((1, 0), (pool.Snapshot().Opened, pool.Snapshot().Closed.Count));
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_blocking_command_may_take_its_own_time_beyond_the_command_timeout(int protocol)
    {
        var server = await shared.GetAsync();
        var time = new VirtualTime();
        var pool = PoolOf(server, protocol, query: "&socket_timeout=2", time: time);

        Assert.Equal("work", await BlockedAsync(server, pool, protocol, "30", () => time.Advance(TimeSpan.FromSeconds(31))));
        Assert.Equal("work", await BlockedAsync(server, pool, protocol, "0", () => time.Advance(TimeSpan.FromMinutes(10))));
        await Assert.ThrowsAsync<TimeoutException>(
            () => BlockedAsync(server, pool, protocol, "30", () => time.Advance(TimeSpan.FromSeconds(32.1)), answers: false));
    }

    /// <summary>Waits at the server for an item, up to so many seconds; meanwhile the caller's clock moves; then the item comes.</summary>
    async Task<string?> BlockedAsync(
        RedisServer server, ConnectionPool<RedisConnection> pool, int protocol, string seconds, Action meanwhile, bool answers = true)
    {
        var operatorPool = OperatorOf(server);
        var waiting = pool.ExecuteAsync("BLPOP", ["blocking:queue", seconds]).AsTask();
        await UntilAsync(async () => (await AskAsync(operatorPool, "CLIENT", "LIST"))!.Contains("cmd=blpop", StringComparison.Ordinal), "the wait");
        meanwhile();
        if (answers)
        {
            await PoolOf(server, protocol).ExecuteAsync("RPUSH", ["blocking:queue", "work"]);
        }

        return (await waiting.WaitAsync(Patience)).Items[1].AsString();
    }
}
