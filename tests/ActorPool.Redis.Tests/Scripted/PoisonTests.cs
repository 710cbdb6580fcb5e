using ActorPool.Redis.Tests.Servers;

namespace ActorPool.Redis.Tests.Scripted;

/// <summary>Whatever goes wrong in an exchange, its connection is not used again, and nobody reads what came for another.</summary>
public sealed class PoisonTests : RedisTest
{
    [Theory]
    [InlineData("+one\r\n+two\r\n", typeof(RedisProtocolException))]
    [InlineData("?what\r\n", typeof(RedisProtocolException))]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", typeof(RedisProtocolException))]
    [InlineData("$3\r\nabcdef\r\n", typeof(RedisProtocolException))]
    public async Task An_answer_that_is_none_or_more_than_one_costs_the_connection(string answer, Type expected)
    {
        var server = Own(new ScriptedRedis(command => command[0] == "GET" ? answer : Usual(command)));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(pool, "GET", "key"));

        Assert.IsType(expected, error);
        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        Assert.Equal(2, pool.Snapshot().Opened);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_that_is_given_up_costs_the_connection(bool byTimeout)
    {
        var server = Own(new ScriptedRedis(command => command[0] == "GET" ? "" : Usual(command)));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1");
        using var cancellation = new CancellationTokenSource();
        await using (var lease = await pool.AcquireAsync())
        {
            var asking = byTimeout
                ? lease.Connection.ExecuteAsync("GET", ["key"], TimeSpan.FromMilliseconds(20)).AsTask()
                : lease.Connection.ExecuteAsync("GET", ["key"], cancellation.Token).AsTask();
            await UntilAsync(() => server.Commands.Contains("GET key"), "the command");
            await cancellation.CancelAsync();

            var error = await Assert.ThrowsAnyAsync<Exception>(() => asking.WaitAsync(Patience));
            Assert.Equal(byTimeout, error is TimeoutException);
            Assert.Equal(!byTimeout, error is OperationCanceledException);
            Assert.False(lease.Connection.IsOpen);
        }

        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        Assert.Equal(2, pool.Snapshot().Opened);
    }

    [Fact]
    public async Task A_connection_that_is_returned_with_a_command_pending_is_closed()
    {
        var server = Own(new ScriptedRedis(command => command[0] == "GET" ? "" : Usual(command)));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1");
        Task<RedisReply> forgotten;
        await using (var lease = await pool.AcquireAsync())
        {
            forgotten = lease.Connection.ExecuteAsync("GET", "key").AsTask();
        }

        await Assert.ThrowsAnyAsync<Exception>(() => forgotten.WaitAsync(Patience));
        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        Assert.Equal(2, pool.Snapshot().Opened);
    }

    [Fact]
    public async Task A_second_command_at_the_same_time_is_refused_and_the_first_goes_on()
    {
        var answer = new TaskCompletionSource();
        var server = Own(new ScriptedRedis(command =>
        {
            if (command[0] == "GET")
            {
                answer.Task.Wait(Patience);
            }

            return Usual(command);
        }));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1");
        await using var lease = await pool.AcquireAsync();
        var first = lease.Connection.ExecuteAsync("GET", "key").AsTask();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await lease.Connection.ExecuteAsync("PING"));
        answer.SetResult();

        Assert.Contains("RedisPipeline", error.Message, StringComparison.Ordinal);
        Assert.Equal("GET", (await first.WaitAsync(Patience)).AsString());
        Assert.Equal("PONG", await AskAsync(lease.Connection, "PING"));
    }

    [Fact]
    public async Task A_command_that_is_cancelled_before_it_begins_costs_nothing()
    {
        var server = Own(new ScriptedRedis(Usual));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1");
        await using var lease = await pool.AcquireAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lease.Connection.ExecuteAsync("GET", ["key"], new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await lease.Connection.ExecuteAsync("GET", (string?)null));
        await Assert.ThrowsAsync<ArgumentException>(async () => await lease.Connection.ExecuteAsync("CLIENT LIST"));

        Assert.Equal("PONG", await AskAsync(lease.Connection, "PING"));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory", true)]
    [InlineData("READONLY You can't write against a read only replica.", true)]
    [InlineData("MASTERDOWN Link with MASTER is down", true)]
    [InlineData("NOAUTH Authentication required.", true)]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value", false)]
    [InlineData("MOVED 3999 127.0.0.1:6381", false)]
    [InlineData("something in small letters", false)]
    public async Task Only_errors_that_say_that_the_server_is_not_what_it_was_cost_the_connection(string refusal, bool costs)
    {
        var server = Own(new ScriptedRedis(command => command[0] == "GET" ? $"-{refusal}\r\n" : Usual(command)));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1");

        var error = await Assert.ThrowsAsync<RedisErrorException>(() => AskAsync(pool, "GET", "key"));
        await using (var lease = await pool.AcquireAsync())
        {
            await lease.Connection.ExecuteAsync(new RedisPipeline().Add("GET", "key").Add("PING"));
        }

        Assert.Equal(refusal, error.Message);
        Assert.Equal(refusal.StartsWith("some", StringComparison.Ordinal) ? "ERR" : refusal.Split(' ')[0], error.Code);
        Assert.Equal("PONG", await AskAsync(pool, "PING"));
        Assert.Equal(costs ? 3 : 1, pool.Snapshot().Opened);
    }

    [Fact]
    public async Task A_server_that_still_loads_its_data_is_waited_for()
    {
        var loading = 3;
        var server = Own(new ScriptedRedis(command =>
            command[0] == "PING" && Interlocked.Decrement(ref loading) >= 0 ? "-LOADING Redis is loading the dataset in memory\r\n" : Usual(command)));
        var pool = PoolAt($"redis://127.0.0.1:{server.Port}?max_connections=1", options =>
            options.Pool.ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(5) });

        Assert.Equal("mine", await AskAsync(pool, "ECHO", "mine"));
        Assert.Equal(1, pool.Snapshot().Opened);
        Assert.Equal(4, server.Commands.Count(command => command == "PING"));
    }

    [Fact]
    public async Task A_server_that_repeats_a_password_in_its_refusal_does_not_make_us_show_it()
    {
        var server = Own(new ScriptedRedis(command => command[0] is "HELLO" or "AUTH"
            ? $"-ERR unknown command `{command[0]}`, q is no password, with args beginning with: `q`, `AUTH`\r\n"
            : Usual(command)));
        foreach (var protocol in new[] { 2, 3 })
        {
            var pool = PoolAt($"redis://:q@127.0.0.1:{server.Port}?protocol={protocol}", options => options.Pool.Name = "name");

            var error = await Assert.ThrowsAsync<ConnectFailedException>(() => AskAsync(pool, "PING"));

            Assert.Contains("*** is no password", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("`q`", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_handshake_is_sent_at_once_and_says_no_more_than_needed()
    {
        var server = Own(new ScriptedRedis(Usual));
        foreach (var (query, expected) in new[]
        {
            ("u:p@127.0.0.1:{0}/2?client_name=me", "AUTH u p|CLIENT SETNAME me|SELECT 2|PING"),
            (":p@127.0.0.1:{0}", "AUTH p|PING"),
            ("127.0.0.1:{0}", "PING"),
            (":p@127.0.0.1:{0}/2?client_name=me&protocol=3", "HELLO 3 AUTH default p SETNAME me|SELECT 2|PING"),
            ("127.0.0.1:{0}?protocol=3", "HELLO 3|PING"),
        })
        {
            server.Commands.Clear();
            await AskAsync(PoolAt("redis://" + string.Format(System.Globalization.CultureInfo.InvariantCulture, query, server.Port)), "ECHO", "done");

            Assert.Equal(expected + "|ECHO done", string.Join('|', server.Commands));
        }
    }

    [Fact]
    public async Task Credentials_of_the_pool_come_before_those_of_the_options()
    {
        var server = Own(new ScriptedRedis(Usual));
        var pool = PoolAt($"redis://old:old@127.0.0.1:{server.Port}", options =>
            options.Pool.Credentials = CredentialProvider.Create((_, _) => new ValueTask<Credentials>(new Credentials("new", "newer"))));

        await AskAsync(pool, "ECHO", "done");

        Assert.Equal("AUTH new newer", server.Commands.First());
    }

    static string Usual(string[] command) => command[0] switch
    {
        "PING" => "+PONG\r\n",
        "ECHO" => $"${command[1].Length}\r\n{command[1]}\r\n",
        "HELLO" => "%1\r\n+proto\r\n:3\r\n",
        "GET" => "+GET\r\n",
        _ => "+OK\r\n",
    };
}
