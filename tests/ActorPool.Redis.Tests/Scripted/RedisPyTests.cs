using ActorPool.Redis.Tests.Servers;
using ActorPool.TestKit;

namespace ActorPool.Redis.Tests.Scripted;

/// <summary>The edges of redis-py's pools, named as there, where this project has something to say about them.</summary>
/// <remarks>
/// Elsewhere: dirty reply, unread reply, LOADING, after a read timeout (<see cref="PoisonTests"/>); auth, on-connect failure,
/// maxclients (ServerFaultTests); TLS (TransportTests); from_url, repr (RedisUrlTests). Deliberate differences: a failed connect
/// is tried again while its acquirer has time left; health checks are done in the background; RESP2 is the default.
/// </remarks>
public sealed class RedisPyTests : RedisTest
{
    [Fact]
    public async Task At_limit_the_connection_pool_raises_at_once()
    {
        var server = Own(new ScriptedRedis(Usual));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1", kind: RedisPoolKind.Throwing);
        await using var only = await pool.AcquireAsync();

        var error = await Assert.ThrowsAsync<PoolExhaustedException>(() => AskAsync(pool, "PING"));

        Assert.Equal(1, error.Snapshot!.Leased);
    }

    [Fact]
    public async Task At_limit_the_blocking_connection_pool_waits_for_its_timeout()
    {
        var server = Own(new ScriptedRedis(Usual));
        var time = new VirtualTime();
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1&timeout=3", time: time);
        await using (await pool.AcquireAsync())
        {
            var asking = AskAsync(pool, "PING");
            await UntilAsync(() => pool.Snapshot().Waiting == 1, "a waiter");
            time.Advance(TimeSpan.FromSeconds(2.9));
            Assert.False(asking.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(0.1));
            await Assert.ThrowsAsync<AcquireTimeoutException>(() => asking);
        }

        Assert.Equal("PONG", await AskAsync(pool, "PING"));
    }

    [Theory]
    [InlineData("&retry_on_timeout=True", 2)]
    [InlineData("&retry_on_timeout=False", 1)]
    [InlineData("", 1)]
    public async Task Retry_on_timeout_is_one_retry_without_a_delay_and_off_by_default(string query, int attempts)
    {
        var asked = 0;
        var server = Own(new ScriptedRedis(command => command[0] == "GET" && Interlocked.Increment(ref asked) == 1 ? "" : Usual(command)));
        var time = new VirtualTime();
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?socket_timeout=1{query}", time: time);

        var asking = AskAsync(pool, "GET", "key");
        await UntilAsync(() => server.Commands.Contains("GET key"), "the command");
        time.Advance(TimeSpan.FromSeconds(1));

        if (attempts == 2)
        {
            Assert.Equal("GET", await asking);
        }
        else
        {
            await Assert.ThrowsAsync<TimeoutException>(() => asking);
        }

        Assert.Equal(attempts, server.Commands.Count(command => command == "GET key"));
    }

    [Fact]
    public async Task An_error_reply_is_never_retried()
    {
        var server = Own(new ScriptedRedis(command => command[0] == "GET" ? "-ERR no\r\n" : Usual(command)));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?retry_on_timeout=1");

        await Assert.ThrowsAsync<RedisErrorException>(() => AskAsync(pool, "GET", "key"));

        Assert.Single(server.Commands, "GET key");
    }

    [Fact]
    public async Task Health_checks_ping_idle_connections_and_close_those_that_do_not_answer()
    {
        var silent = false;
        var server = Own(new ScriptedRedis(command => command[0] == "PING" && Volatile.Read(ref silent) ? "" : Usual(command)));
        var time = new VirtualTime();
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?health_check_interval=20", time: time);
        await AskAsync(pool, "ECHO", "hello");

        // the clock stands still for as long as a probe lasts
        await UntilAsync(() => PassesUntil(server.Commands.Count(command => command == "PING") >= 3), "two PINGs after that of the handshake");
        await UntilAsync(() => pool.Snapshot().Idle == 1, "the answer");
        Assert.Empty(pool.Snapshot().Closed);
        Volatile.Write(ref silent, true);
        await UntilAsync(() => PassesUntil(pool.Snapshot().Probing == 1), "a probe without an answer");
        time.Advance(new PoolOptions().KeepaliveTimeout);

        await UntilAsync(() => pool.Snapshot().Closed.ContainsKey(CloseReason.ProbeFailed), "the end of the silent connection");

        bool PassesUntil(bool isOver)
        {
            if (!isOver && pool.Snapshot().Probing == 0)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }

            return isOver;
        }
    }

    [Fact]
    public async Task A_double_release_gives_one_connection_to_one_caller()
    {
        var server = Own(new ScriptedRedis(Usual));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=2");
        var lease = await pool.AcquireAsync();
        lease.Dispose();
        lease.Dispose();

        await using var first = await pool.AcquireAsync();
        await using var second = await pool.AcquireAsync();

        Assert.NotSame(first.Connection, second.Connection);
    }

    [Fact]
    public async Task A_disconnect_of_all_leaves_the_pool_usable()
    {
        var server = Own(new ScriptedRedis(Usual));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=2");
        await using var held = await pool.AcquireAsync();
        await AskAsync(pool, "PING");

        await pool.EvictAsync(EvictMode.Hard);

        Assert.Equal("PONG", await AskAsync(pool, "PING"));
        Assert.False(held.IsActive);
    }

    [Fact]
    public async Task A_connection_that_was_taken_out_for_good_is_its_owners_to_close()
    {
        var server = Own(new ScriptedRedis(Usual));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}");
        var lease = await pool.AcquireAsync();
        var mine = lease.Detach();

        await pool.DrainAsync();
        Assert.Equal("PONG", await AskAsync(mine, "PING"));
        await mine.DisposeAsync();

        Assert.False(mine.IsOpen);
        await Assert.ThrowsAsync<IOException>(async () => await mine.ExecuteAsync("PING"));
    }

    static string Usual(string[] command) => command[0] switch
    {
        "PING" => "+PONG\r\n",
        "ECHO" => $"${command[1].Length}\r\n{command[1]}\r\n",
        "GET" => "+GET\r\n",
        _ => "+OK\r\n",
    };
}
