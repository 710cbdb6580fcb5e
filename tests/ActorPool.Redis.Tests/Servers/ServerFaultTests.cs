using System.Globalization;
using System.Text.RegularExpressions;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Redis.Tests.Servers;

/// <summary>A real server that kills, stalls, refuses, goes away and comes back.</summary>
public sealed class ServerFaultTests : RedisTest
{
    public static TheoryData<int> Protocols => [2, 3];

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task An_idle_connection_that_the_server_kills_is_replaced_unseen(int protocol)
    {
        var server = Own(await RedisServer.StartAsync());
        var pool = PoolOf(server, protocol, options => (options.Pool.MinSize, options.Pool.MaxSize) = (1, 1));
        var victim = (await pool.ExecuteAsync("CLIENT", ["ID"])).AsInt64();

        Assert.Equal("1", await AskAsync(OperatorOf(server), "CLIENT", "KILL", "ID", victim));
        await UntilAsync(() => pool.Snapshot() is { Opened: 2, Idle: 1 }, "another connection");

        Assert.NotEqual(victim, (await pool.ExecuteAsync("CLIENT", ["ID"])).AsInt64());
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_connection_that_is_killed_in_use_fails_its_holder_and_nobody_else(int protocol)
    {
        var server = Own(await RedisServer.StartAsync());
        var pool = PoolOf(server, protocol, options => options.Pool.MaxSize = 1);
        await using (var lease = await pool.AcquireAsync())
        {
            var id = (await lease.Connection.ExecuteAsync("CLIENT", "ID")).AsInt64();
            var waiting = lease.Connection.ExecuteAsync("BLPOP", "fault:none", 0).AsTask();
            Assert.Equal("1", await AskAsync(OperatorOf(server), "CLIENT", "KILL", "ID", id));

            await Assert.ThrowsAnyAsync<IOException>(() => waiting.WaitAsync(Patience));
            Assert.False(lease.Connection.IsOpen);
            await Assert.ThrowsAsync<IOException>(async () => await lease.Connection.ExecuteAsync("PING"));
        }

        Assert.Equal("PONG", await AskAsync(pool, "PING"));
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task After_a_command_timeout_the_next_holder_gets_its_own_reply(int protocol)
    {
        var server = Own(await RedisServer.StartAsync());
        var time = new VirtualTime();
        var pool = PoolOf(server, protocol, options => options.Pool.MaxSize = 1, "&socket_timeout=2", time);
        await using (var lease = await pool.AcquireAsync())
        {
            await AskAsync(lease.Connection, "SET", "fault:late", "late");
            await AskAsync(OperatorOf(server), "CLIENT", "PAUSE", 100_000, "ALL");

            var asking = AskAsync(lease.Connection, "GET", "fault:late");
            time.Advance(TimeSpan.FromSeconds(2));
            var error = await Assert.ThrowsAsync<TimeoutException>(() => asking);

            Assert.Contains("no answer to GET within 2 s", error.Message, StringComparison.Ordinal);
            Assert.Contains("CommandTimeout", error.Message, StringComparison.Ordinal);
        }

        await server.KillAsync();
        await server.RunAgainAsync();
        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        var closed = pool.Snapshot().Closed;
        Assert.Equal(1, closed.Values.Sum());
    }

    [SkippableFact]
    public async Task Callers_who_give_up_never_see_to_it_that_others_get_their_replies()
    {
        var server = Own(await RedisServer.StartAsync());
        var pool = PoolOf(server, 3, options => options.Pool.MaxSize = 4);
        var random = new Random(11);
        var served = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var call = 0; call < 40; call++)
            {
                var own = $"{caller}/{call}";
                using var patience = new CancellationTokenSource();
                patience.CancelAfter(TimeSpan.FromMicroseconds(random.Next(2_000)));
                try
                {
                    Assert.Equal(own, (await pool.ExecuteAsync("ECHO", [own], patience.Token)).AsString());
                    Interlocked.Increment(ref served);
                }
                catch (OperationCanceledException)
                {
                }
            }
        }));

        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        Assert.Equal(0, pool.Snapshot().Leased);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_is_full_is_waited_for(int protocol)
    {
        var server = Own(await RedisServer.StartAsync());
        var admin = OperatorOf(server);
        await AskAsync(admin, "CONFIG", "SET", "maxclients", 2);
        var first = PoolOf(server, protocol, options => options.Pool.MaxSize = 1);
        await AskAsync(first, "PING");
        var second = PoolOf(server, protocol, options =>
        {
            options.Pool.MaxSize = 1;
            options.Pool.ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(5), Max = TimeSpan.FromMilliseconds(20) };
        });

        var waiting = AskAsync(second, "PING");
        await UntilAsync(() => second.Snapshot().LastOpenError is not null, "a refused open");
        var refusal = second.Snapshot().LastOpenError!;
        await AskAsync(admin, "CONFIG", "SET", "maxclients", 100);

        Assert.Equal("PONG", await waiting);
        Assert.Contains("max number of clients", refusal, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_wrong_password_fails_at_once_and_is_not_shown(int protocol)
    {
        var server = Own(await RedisServer.StartAsync("--requirepass", "right"));
        foreach (var login in new[] { ":x9y8z7@", "default:x9y8z7@", "nobody:x9y8z7@", "" })
        {
            var pool = PoolAt($"redis://{login}127.0.0.1:{server.Port}?protocol={protocol}");

            var error = await Assert.ThrowsAsync<ConnectFailedException>(() => AskAsync(pool, "PING"));

            Assert.Equal(OpenFailureKind.Credentials, error.Kind);
            Assert.Contains(login.Length == 0 ? "NOAUTH" : "WRONGPASS", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("x9y8z7", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("PONG", await AskAsync(PoolAt($"redis://:right@127.0.0.1:{server.Port}?protocol={protocol}"), "PING"));
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_database_that_does_not_exist_is_a_matter_of_configuration(int protocol)
    {
        var server = Own(await RedisServer.StartAsync());
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}/99?protocol={protocol}");

        var error = await Assert.ThrowsAsync<ConnectFailedException>(() => AskAsync(pool, "PING"));

        Assert.Equal(OpenFailureKind.Configuration, error.Kind);
        Assert.Contains("database 99 (SELECT)", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_goes_and_comes_back_serves_again(int protocol)
    {
        var server = Own(await RedisServer.StartAsync());
        var pool = PoolOf(server, protocol, options =>
        {
            options.Pool.MaxSize = 4;
            options.Pool.ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(5), Max = TimeSpan.FromMilliseconds(20) };
        });
        await pool.WarmUpAsync(4);

        await server.KillAsync();
        var waiting = Task.WhenAll(Enumerable.Range(0, 8).Select(caller => AskAsync(pool, "ECHO", caller)));
        await UntilAsync(() => pool.Snapshot().LastOpenError is not null || waiting.IsCompleted, "a failed open");
        await server.RunAgainAsync();
        await Task.WhenAny(waiting);

        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
    }

    [SkippableFact]
    public async Task A_user_who_may_not_ping_can_be_pooled_and_probed()
    {
        var server = Own(await RedisServer.StartAsync());
        await AskAsync(OperatorOf(server), "ACL", "SETUSER", "narrow", "on", ">pw", "~*", "+get");
        var pool = PoolAt($"redis://narrow:pw@127.0.0.1:{server.Port}?health_check_interval=0.01", options => (options.Pool.MinSize, options.Pool.MaxSize) = (1, 1));
        Assert.Null(await AskAsync(pool, "GET", "anything"));

        var admin = OperatorOf(server);
        await UntilAsync(async () => Rejected(await AskAsync(admin, "INFO", "commandstats")) >= 3, "probes");

        Assert.Equal((1, 0), (pool.Snapshot().Opened, pool.Snapshot().Closed.Count));
    }

    /// <summary>How many PINGs the server has refused.</summary>
    static int Rejected(string? statistics) =>
        int.Parse(Regex.Match(statistics!, @"cmdstat_ping:.*rejected_calls=(?<count>\d+)", RegexOptions.ExplicitCapture, Patience).Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
}
