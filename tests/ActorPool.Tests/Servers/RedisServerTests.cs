using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Authentication;
using System.Threading.Channels;
using ActorPool.Servers;

namespace ActorPool.Tests.Servers;

/// <summary>Pools of connections to a real Redis: a server that answers late, kills clients, goes away and comes back.</summary>
public sealed class RedisServerTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // the ids that the server gives to the pool's connections, in the order of their opens
    readonly Channel<string> _opened = Channel.CreateUnbounded<string>();
    readonly Channel<string> _probed = Channel.CreateUnbounded<string>();
    RedisServer? _server;
    ConnectionPool<Stream>? _pool;

    [SkippableFact]
    public async Task Many_callers_share_a_few_connections_and_each_gets_its_own_reply()
    {
        var pool = await StartAsync(new PoolOptions { MaxSize = 4 });

        await AskAllAsync(pool, callers: 32, requests: 25);

        Assert.InRange(pool.Snapshot().Opened, 1, 4);
        Assert.Empty(pool.Snapshot().Closed);
    }

    [SkippableFact]
    public async Task An_idle_connection_is_probed_with_a_ping_and_stays()
    {
        var pool = await StartAsync(new PoolOptions { MinSize = 1, MaxSize = 1, KeepaliveInterval = TimeSpan.FromMilliseconds(20) });

        for (var probe = 0; probe < 3; probe++)
        {
            Assert.Equal("PONG", await NextAsync(_probed));
        }

        Assert.Equal("mine", await EchoAsync(pool, "mine"));
        Assert.Equal(1, pool.Snapshot().Opened);
        Assert.Empty(pool.Snapshot().Closed);
    }

    [SkippableFact]
    public async Task An_idle_connection_that_the_server_kills_is_noticed_without_a_probe_and_replaced()
    {
        var pool = await StartAsync(new PoolOptions { MinSize = 2, MaxSize = 2, KeepaliveInterval = Timeout.InfiniteTimeSpan });
        var victim = await NextAsync(_opened);
        await NextAsync(_opened);
        await UntilAsync(() => pool.Snapshot().Idle == 2, pool);

        Assert.Equal("1", await Redis.AskAsideAsync(_server!, $"CLIENT KILL ID {victim}"));

        // nobody asks for a connection meanwhile
        Assert.NotEqual(victim, await NextAsync(_opened));
        await UntilAsync(() => pool.Snapshot().Idle == 2, pool);
        Assert.Equal(1, Assert.Contains(CloseReason.Condemned, pool.Snapshot().Closed));
        await AskAllAsync(pool, callers: 2, requests: 2);
    }

    [SkippableFact]
    public async Task After_a_cancelled_read_the_next_holder_gets_its_own_reply()
    {
        var pool = await StartAsync(new PoolOptions { MaxSize = 1 });
        Assert.Equal("OK", await pool.UseAsync(static (stream, token) => Redis.AskAsync(stream, "SET counter 0", token)));

        // until further notice, whoever writes gets no reply
        Assert.Equal("OK", await Redis.AskAsideAsync(_server!, "CLIENT PAUSE 600000 WRITE"));
        using var cancellation = new CancellationTokenSource();
        var late = pool.UseAsync(
            async (stream, token) =>
            {
                await Redis.SendAsync(stream, "INCRBY counter 41", token);
                var reply = Redis.ReadReplyAsync(stream, token);
                await cancellation.CancelAsync();
                return await reply;
            },
            cancellation.Token).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.WaitAsync(Patience));
        Assert.Equal("OK", await Redis.AskAsideAsync(_server!, "CLIENT UNPAUSE"));

        Assert.Equal("mine", await EchoAsync(pool, "mine"));
        Assert.Equal(2, pool.Snapshot().Opened);
        Assert.Equal(1, pool.Snapshot().Closed.Values.Sum());
    }

    [SkippableFact]
    public async Task An_error_reply_that_was_read_to_its_end_leaves_the_connection_fit()
    {
        var pool = await StartAsync(new PoolOptions { MaxSize = 1 });

        var error = await Assert.ThrowsAsync<RedisErrorException>(
            async () => await pool.UseAsync(static (stream, token) => Redis.AskAsync(stream, "NONSENSE", token)));

        Assert.Contains("unknown command", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await EchoAsync(pool, "mine"));
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task A_server_that_goes_away_is_told_at_once_and_found_again_when_it_is_back()
    {
        var pool = await StartAsync(new PoolOptions
        {
            MinSize = 2,
            UnavailableAfter = TimeSpan.FromMilliseconds(100),
            ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(5), Max = TimeSpan.FromMilliseconds(50) },
        });
        Assert.Equal("before", await EchoAsync(pool, "before"));
        var holder = await pool.AcquireAsync();

        await _server!.KillAsync();

        await Assert.ThrowsAnyAsync<IOException>(async () => await Redis.AskAsync(holder.Connection, "PING", CancellationToken.None));
        await holder.DisposeAsync();
        await UntilAsync(() => pool.Snapshot() is { Health: PoolHealth.Unavailable, Idle: 0 }, pool);
        var error = await Assert.ThrowsAsync<EndpointUnavailableException>(async () => await pool.AcquireAsync());
        Assert.IsType<System.Net.Sockets.SocketException>(error.InnerException, exactMatch: false);

        await _server.RunAgainAsync();

        await UntilAsync(() => pool.Snapshot() is { Health: PoolHealth.Healthy, Idle: 2 }, pool);
        Assert.Equal("after", await EchoAsync(pool, "after"));
    }

    [SkippableFact]
    public async Task A_wrong_password_fails_the_callers_at_once_and_is_not_told_to_anybody()
    {
        var pool = await StartAsync(new PoolOptions { AcquireTimeout = Patience }, password: "hunter2", server: ["--requirepass", "another"]);

        var error = await Assert.ThrowsAsync<ConnectFailedException>(async () => await pool.AcquireAsync());

        Assert.Equal(OpenFailureKind.Credentials, error.Kind);
        Assert.Contains("WRONGPASS", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_that_takes_fewer_clients_than_the_pool_would_like_serves_all_callers()
    {
        var pool = await StartAsync(
            new PoolOptions
            {
                MaxSize = 8,
                ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(5), Max = TimeSpan.FromMilliseconds(50) },
            },
            server: ["--maxclients", "3"]);

        await AskAllAsync(pool, callers: 32, requests: 25);

        Assert.InRange(pool.Snapshot().Idle, 1, 3);
        Assert.True(pool.Snapshot().OpensFailed > 0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        try
        {
            if (_pool is not null)
            {
                await _pool.DrainAsync(TimeSpan.Zero).WaitAsync(Patience);
                Assert.Equal(0, _pool.Snapshot().Size);
            }
        }
        finally
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }

    async Task<ConnectionPool<Stream>> StartAsync(PoolOptions options, string? password = null, string[]? server = null)
    {
        _server = await RedisServer.StartAsync(server ?? []);
        var connector = new TcpConnector("127.0.0.1", _server.Port, new TcpConnectorOptions
        {
            Handshake = async (stream, _, token) =>
            {
                if (password is not null)
                {
                    await LogInAsync(stream, password, token);
                }

                Assert.Equal("PONG", await Redis.AskAsync(stream, "PING", token));
                _opened.Writer.TryWrite(await Redis.AskAsync(stream, "CLIENT ID", token));
            },
            Probe = async (stream, token) => _probed.Writer.TryWrite(await Redis.AskAsync(stream, "PING", token)),
            IsHarmless = static error => error is RedisErrorException,
        });
        return _pool = ConnectionPool.Create(connector, options);
    }

    static async Task LogInAsync(Stream stream, string password, CancellationToken cancellationToken)
    {
        try
        {
            await Redis.AskAsync(stream, $"AUTH {password}", cancellationToken);
        }
        catch (RedisErrorException refused)
        {
            throw new InvalidCredentialException(refused.Message, refused);
        }
    }

    static ValueTask<string> EchoAsync(ConnectionPool<Stream> pool, string text) =>
        pool.UseAsync(static (stream, text, token) => Redis.AskAsync(stream, $"ECHO {text}", token), text);

    static async Task AskAllAsync(ConnectionPool<Stream> pool, int callers, int requests)
    {
        var strange = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var request = 0; request < requests; request++)
            {
                var mine = string.Create(CultureInfo.InvariantCulture, $"{caller}-{request}");
                var reply = await EchoAsync(pool, mine);
                if (reply != mine)
                {
                    strange.Enqueue($"{mine} got {reply}");
                }
            }
        }))).WaitAsync(Patience);
        Assert.Empty(strange);
    }

    static Task<string> NextAsync(Channel<string> channel) => channel.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Waits for what the pool finds out by itself.</summary>
    static async Task UntilAsync(Func<bool> isSo, ConnectionPool<Stream> pool) => Assert.True(
        await Task.Run(() => SpinWait.SpinUntil(isSo, Patience)), $"not within {Patience.TotalSeconds} s: {pool.Snapshot()}");
}
