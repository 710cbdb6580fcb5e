using System.Net;
using System.Net.Sockets;
using ActorPool.Servers;

namespace ActorPool.Budgets.Tests.Etcd;

/// <summary>Members that are lost, logins, TLS.</summary>
public sealed class EtcdGrantStoreTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task With_one_of_three_members_lost_commits_and_watches_go_on_at_another()
    {
        await using var server = await EtcdServer.StartAsync(members: 3);
        await using var store = new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience });
        var version = (await CommitAsync(store, 0)).Version;
        for (var lost = 0; lost < 3; lost++)
        {
            using var stop = new CancellationTokenSource();
            using var told = new SemaphoreSlim(0);
            var watch = store.WatchAsync("orders", "node/a", () => told.Release(), stop.Token);
            Assert.True(await told.WaitAsync(Patience));

            await server.KillAsync(lost);
            version = await UntilCommittedAsync(store, version);
            if (watch.IsCompleted)
            {
                var error = await Assert.ThrowsAsync<GrantStoreException>(() => watch);
                Assert.Contains("127.0.0.1:", error.Message, StringComparison.Ordinal);
                watch = UntilWatchedAsync(store, () => told.Release(), stop.Token);
            }

            while (!await told.WaitAsync(TimeSpan.FromMilliseconds(200)))
            {
                version = await UntilCommittedAsync(store, version);
            }

            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => watch.WaitAsync(Patience));
            await server.RunAgainAsync(lost);
        }
    }

    [SkippableFact]
    public async Task A_watch_at_a_member_that_is_killed_ends_with_an_error_that_names_it()
    {
        await using var server = await EtcdServer.StartAsync();
        await using var store = new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience });
        using var told = new SemaphoreSlim(0);
        var watch = store.WatchAsync("orders", "node/a", () => told.Release(), CancellationToken.None);
        Assert.True(await told.WaitAsync(Patience));
        await server.KillAsync(0);
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => watch.WaitAsync(Patience));
        Assert.Contains(new Uri(server.Endpoints[0]).Authority, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cluster_that_is_down_is_not_hammered_and_serves_again_when_it_is_back()
    {
        await using var server = await EtcdServer.StartAsync();
        await using var store = new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints] });
        var version = (await CommitAsync(store, 0)).Version;
        await server.KillAsync(0);

        // Whoever sits at its port now counts how often it is tried.
        var end = new Uri(server.Endpoints[0]);
        using var counter = new TcpListener(IPAddress.Loopback, end.Port);
        counter.Start();
        var accepted = CountAsync(counter);
        var failed = 0;
        var since = Environment.TickCount64;
        while (Environment.TickCount64 - since < 1500)
        {
            var error = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(store, version));
            Assert.Contains(end.Authority, error.Message, StringComparison.Ordinal);
            failed++;
            await Task.Yield();
        }

        counter.Stop();
        Assert.True(failed > 100, $"Only {failed} commits failed at once.");
        Assert.InRange(await accepted.WaitAsync(Patience), 1, 12);
        await server.RunAgainAsync(0);
        await UntilCommittedAsync(store, version);
    }

    [SkippableFact]
    public async Task A_user_logs_in_and_logs_in_again_when_the_token_is_not_known_any_more()
    {
        const string password = "s3cret-of-grants";
        await using var server = await EtcdServer.StartAsync();
        await server.AddUserAsync("pool", password, "/actorpool/");
        var options = new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, UserName = "pool", Password = password };
        await using var store = new EtcdGrantStore(options);
        var version = (await CommitAsync(store, 0)).Version;

        // Tokens live in the members' memory.
        await server.KillAsync(0);
        await server.RunAgainAsync(0);
        version = await UntilCommittedAsync(store, version);
        using var told = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var watch = store.WatchAsync("orders", "node/a", () => told.Release(), stop.Token);
        Assert.True(await told.WaitAsync(Patience));
        await CommitAsync(store, version);
        Assert.True(await told.WaitAsync(Patience));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);

        await RefusedAsync(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, UserName = "pool", Password = "x9" }, "Password", "x9");
        await RefusedAsync(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience }, "UserName", password);
        await RefusedAsync(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, UserName = "pool", Password = password, KeyPrefix = "/others" }, "KeyPrefix", password);
    }

    [SkippableFact]
    public async Task Tls_needs_the_right_ca_and_the_client_certificate()
    {
        await using var server = await EtcdServer.StartAsync(tls: true);
        var files = server.Certificates;
        var whole = new TlsOptions { CaFile = files.Ca, ClientCertificateFile = files.Client, ClientKeyFile = files.ClientKey };
        await using var store = new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, Tls = whole });
        Assert.True((await CommitAsync(store, 0)).IsCommitted);
        await RefusedAsync(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, Tls = new TlsOptions { ClientCertificateFile = files.Client, ClientKeyFile = files.ClientKey } }, "certificate is refused", null);
        await RefusedAsync(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, Tls = new TlsOptions { CaFile = files.Ca } }, "etcd at", null);
        await RefusedAsync(new EtcdGrantStoreOptions { Endpoints = [.. server.Endpoints], ConnectTimeout = Patience, Tls = new TlsOptions { CaFile = files.Ca + ".gone" } }, "does not exist", null);
    }

    [Fact]
    public void All_problems_of_the_options_are_listed_at_once_without_secrets()
    {
        var error = Assert.Throws<ArgumentException>(() => new EtcdGrantStore(new EtcdGrantStoreOptions
        {
            Endpoints = ["http://u:s3cret@host:1", "ftp://host"],
            KeyPrefix = "a b",
            UserName = "u",
            ConnectTimeout = TimeSpan.Zero,
            Tls = new TlsOptions { CaFile = " " },
        }));
        foreach (var named in new[] { "Endpoints[0]", "Endpoints[1]", "KeyPrefix", "Password", "ConnectTimeout", "Tls.CaFile" })
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
        Assert.Contains("Endpoints is empty", Assert.Throws<ArgumentException>(() => new EtcdGrantStore(new())).Message, StringComparison.Ordinal);
        Assert.Equal(
            "etcd at a:1, keys under /actorpool", new EtcdGrantStoreOptions { Endpoints = ["http://a:1"], UserName = "u", Password = "s3cret" }.ToString());
    }

    static async Task RefusedAsync(EtcdGrantStoreOptions options, string named, string? secret)
    {
        await using var store = new EtcdGrantStore(options);
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(store, 0));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        if (secret is not null)
        {
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
        }
    }

    static async Task<int> CountAsync(TcpListener listener)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                using var socket = await listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return count;
            }
        }
    }

    static async Task UntilWatchedAsync(EtcdGrantStore store, Action changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await store.WatchAsync("orders", "node/a", changed, cancellationToken);
            }
            catch (GrantStoreException)
            {
                await Task.Yield();
            }
        }
    }

    static async Task<long> UntilCommittedAsync(EtcdGrantStore store, long version)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var one = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
                one.CancelAfter(TimeSpan.FromSeconds(2));
                var reply = await CommitAsync(store, version, one.Token);
                version = reply.IsCommitted ? reply.Version : reply.Records.Single().Version;
                if (reply.IsCommitted)
                {
                    return version;
                }
            }
            catch (Exception error) when (error is GrantStoreException || (error is OperationCanceledException && !limit.IsCancellationRequested))
            {
                await Task.Yield();
            }
        }
    }

    static Task<GrantReply> CommitAsync(EtcdGrantStore store, long version, CancellationToken cancellationToken = default) => store.CommitAsync(
        new GrantTransaction { Budget = "orders", Expected = [new("node/a", version)], Writes = [new("node/a", "x")], Notify = ["node/a"], Read = ["node/a"] }, cancellationToken);
}
