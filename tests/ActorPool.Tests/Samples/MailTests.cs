using System.Threading.Channels;
using ActorPool.Servers;
using Mail;

namespace ActorPool.Tests.Samples;

/// <summary>The mail sample against a real Dovecot: what geventconnpool's advanced example promises, and more.</summary>
public sealed class MailTests(MailServers servers) : IClassFixture<MailServers>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public async Task A_session_goes_over_to_tls_before_it_logs_in_and_serves_one_holder_after_the_other()
    {
        var server = await servers.GetAsync();
        await using var pool = Pool(Account(server, server.Port));

        for (var holder = 0; holder < 3; holder++)
        {
            Assert.Equal(0, await pool.UseAsync(
                static (session, token) =>
                {
                    Assert.True(TcpConnector.IsEncrypted(session.Stream));
                    return session.CountAsync("INBOX", token);
                }).AsTask().WaitAsync(Patience));
        }

        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task An_open_folder_is_closed_before_the_next_holder_comes()
    {
        var server = await servers.GetAsync();
        await using var pool = Pool(Account(server, server.Port), size: 1);

        await pool.UseAsync(static (session, token) => session.SelectAsync("INBOX", token));

        await pool.UseAsync(
            static async (session, token) =>
            {
                Assert.False(session.HasFolder);
                var refused = await Assert.ThrowsAsync<ImapException>(async () => await session.AskAsync("CHECK", token));
                Assert.StartsWith("BAD", refused.Answer, StringComparison.Ordinal);
            });
        Assert.Equal(1, pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task A_wrong_password_fails_at_once_and_is_not_told()
    {
        var server = await servers.GetAsync();
        await using var pool = Pool(Account(server, server.Port, password: "hunter2"));

        var error = await Assert.ThrowsAsync<ConnectFailedException>(() => pool.AcquireAsync().AsTask().WaitAsync(Patience));

        Assert.Equal(OpenFailureKind.Credentials, error.Kind);
        Assert.Contains("AUTHENTICATIONFAILED", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_tls_on_the_server_nobody_logs_in_unless_it_is_only_preferred()
    {
        await using var server = await DovecotServer.StartAsync(tls: false);
        await using (var strict = Pool(Account(server, server.Port)))
        {
            var error = await Assert.ThrowsAsync<ConnectFailedException>(() => strict.AcquireAsync().AsTask().WaitAsync(Patience));
            Assert.Equal(OpenFailureKind.Configuration, error.Kind);
            Assert.Contains("StartTls.Policy is Required", error.Message, StringComparison.Ordinal);
        }

        await using var lenient = Pool(Account(server, server.Port, tls: StartTlsPolicy.Preferred));
        Assert.Equal(0, await lenient.UseAsync(static (session, token) => session.CountAsync("INBOX", token)).AsTask().WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task Idle_sessions_are_kept_alive_with_noop()
    {
        var server = await servers.GetAsync();
        var imap = new ImapConnector(Account(server, server.Port));
        var probed = Channel.CreateUnbounded<ImapSession>();
        await using var pool = ConnectionPool.Create(
            Connector.Create(
                imap.OpenAsync,
                imap.CloseAsync,
                probe: async (session, token) =>
                {
                    await imap.ProbeAsync(session, token);
                    probed.Writer.TryWrite(session);
                }),
            new PoolOptions { MaxSize = 3, KeepaliveInterval = TimeSpan.FromMilliseconds(20) });
        await pool.WarmUpAsync(3).WaitAsync(Patience);

        for (var probe = 0; probe < 6; probe++)
        {
            await probed.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }

        Assert.Equal(3, pool.Snapshot().Opened);
        Assert.Empty(pool.Snapshot().Closed);
    }

    [SkippableFact]
    public async Task Sessions_that_an_administrator_ends_are_replaced_without_a_caller_noticing()
    {
        await using var server = await DovecotServer.StartAsync();
        await using var pool = Pool(Account(server, server.Port), minSize: 3);
        await pool.WarmUpAsync(3).WaitAsync(Patience);
        var opened = Listen<ConnectionOpened>(pool);

        await server.KickAsync().WaitAsync(Patience);

        for (var replaced = 0; replaced < 3; replaced++)
        {
            await opened.ReadAsync().AsTask().WaitAsync(Patience);
        }

        Assert.Equal(0, await pool.UseAsync(static (session, token) => session.CountAsync("INBOX", token)).AsTask().WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task A_server_that_was_away_is_found_again()
    {
        await using var server = await DovecotServer.StartAsync();
        await using var pool = Pool(Account(server, server.Port), minSize: 3);
        await pool.WarmUpAsync(3).WaitAsync(Patience);
        await server.KillAsync();

        await server.RunAgainAsync();

        Assert.Equal(0, await pool.UseAsync(static (session, token) => session.CountAsync("INBOX", token)).AsTask().WaitAsync(Patience));
    }

    internal static MailAccount Account(
        DovecotServer server, int port, string password = DovecotServer.Password, StartTlsPolicy tls = StartTlsPolicy.Required) => new()
        {
            Host = "127.0.0.1",
            Port = port,
            User = DovecotServer.User,
            Password = password,
            CaFile = server.Certificates.Ca,
            Tls = tls,
        };

    static ConnectionPool<ImapSession> Pool(MailAccount account, int size = 3, int minSize = 0) =>
        ConnectionPool.Create(new ImapConnector(account), new PoolOptions
        {
            Name = "mail",
            MinSize = minSize,
            MaxSize = size,
            KeepaliveInterval = Timeout.InfiniteTimeSpan,
            ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(5), Max = TimeSpan.FromMilliseconds(50) },
            Retry = new RetryOptions { MaxAttempts = 4 },
        });

    static ChannelReader<TEvent> Listen<TEvent>(ConnectionPool<ImapSession> pool)
        where TEvent : PoolEvent
    {
        var heard = Channel.CreateUnbounded<TEvent>();
        pool.Subscribe(happened =>
        {
            if (happened is TEvent one)
            {
                heard.Writer.TryWrite(one);
            }
        });
        return heard.Reader;
    }
}
