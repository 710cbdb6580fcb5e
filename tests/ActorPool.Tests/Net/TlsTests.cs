using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorPool.Servers;
using Microsoft.Extensions.Logging;

namespace ActorPool.Tests.Net;

public sealed class TlsTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly RecordingLine _line = new();
    readonly LoopbackServer _server = new();
    readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("actorpool-tls-");

    [Theory, InlineData("localhost"), InlineData("127.0.0.1")]
    public async Task A_private_ca_in_a_file_is_trusted(string host)
    {
        var connector = new TcpConnector(host, _server.Port, new() { Tls = new() { CaFile = CaFile() } });
        var serving = _server.AcceptTlsAsync();
        await using var stream = await OpenAsync(connector);
        await using var peer = await serving;
        await stream.WriteAsync(new byte[] { 5 });
        Assert.Equal(5, await OpenedStream.ReadOneAsync(peer));
        Assert.True(peer.SslProtocol >= SslProtocols.Tls12);
    }

    [Fact]
    public async Task A_ca_that_nobody_knows_is_not_trusted()
    {
        var (error, kind) = await FailAsync(new TlsOptions());
        Assert.Equal(OpenFailureKind.Certificate, kind);
        Assert.Contains("issued by CN=ActorPool test CA", error.Message, StringComparison.Ordinal);
        Assert.Contains("the CAs of the system", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<AuthenticationException>(error);
    }

    [Fact]
    public async Task A_private_ca_replaces_those_of_the_system()
    {
        using var other = TestCertificates.Authority("CN=Another CA");
        var (error, kind) = await FailAsync(new TlsOptions { CaFile = Write("other.pem", other.ExportCertificatePem()) });
        Assert.Equal(OpenFailureKind.Certificate, kind);
        Assert.Contains("other.pem", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_and_both_names_are_told()
    {
        var (error, kind) = await FailAsync(new TlsOptions { CaFile = CaFile(), TargetHost = "db.internal" });
        Assert.Equal(OpenFailureKind.Certificate, kind);
        Assert.Contains("it is for localhost, 127.0.0.1, not for db.internal", error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"127.0.0.1:{_server.Port}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_can_be_left_unchecked()
    {
        var connector = NewConnector(new TlsOptions { CaFile = CaFile(), TargetHost = "db.internal", CheckHostName = false });
        var serving = _server.AcceptTlsAsync();
        await using var stream = await OpenAsync(connector);
        await using var peer = await serving;
        Assert.Equal("db.internal", peer.TargetHostName);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_its_dates()
    {
        using var expired = TestCertificates.Issue("CN=old", "localhost", System.Net.IPAddress.Loopback, expired: true);
        var (error, kind) = await FailAsync(new TlsOptions { CaFile = CaFile() }, new() { ServerCertificate = expired });
        Assert.Equal(OpenFailureKind.Certificate, kind);
        Assert.Contains("is not valid now", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_client_certificate_is_shown_to_a_server_that_asks(bool fromFiles)
    {
        var tls = new TlsOptions { CaFile = CaFile() };
        if (fromFiles)
        {
            using var key = TestCertificates.Client.GetECDsaPrivateKey()!;
            tls.ClientCertificateFile = Write("client.pem", TestCertificates.Client.ExportCertificatePem());
            tls.ClientKeyPassword = "let me in";
            tls.ClientKeyFile = Write("client.key", key.ExportEncryptedPkcs8PrivateKeyPem(
                tls.ClientKeyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000)));
        }
        else
        {
            tls.ClientCertificate = TestCertificates.Client;
        }

        var serving = _server.AcceptTlsAsync(DemandingClientCertificate(SslProtocols.None));
        await using var stream = await OpenAsync(NewConnector(tls));
        await using var peer = await serving;
        Assert.Equal("CN=client", peer.RemoteCertificate?.Subject);
    }

    [Theory]
    [InlineData(116, OpenFailureKind.Certificate, "refused a connection without a client certificate: TLS alert 116, certificate required.")]
    [InlineData(48, OpenFailureKind.Certificate, "TLS alert 48, unknown CA")]
    [InlineData(70, OpenFailureKind.Configuration, "no TLS connection came about (TLS alert 70, protocol version)")]
    public async Task An_alert_in_the_handshake_is_told(byte alert, OpenFailureKind kind, string part)
    {
        var connector = NewConnector(new TlsOptions { CaFile = CaFile() });
        var opening = OpenAsync(connector);
        await using var peer = await _server.AcceptAsync();
        await peer.ReadExactlyAsync(new byte[1]);
        // an alert record, TLS 1.2, two bytes: fatal, and which
        await peer.WriteAsync(new byte[] { 21, 3, 3, 0, 2, 2, alert });
        var error = await Assert.ThrowsAnyAsync<AuthenticationException>(() => opening);
        Assert.Equal(kind, connector.Classify(error));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory, InlineData(true), InlineData(false)]
    public async Task A_client_certificate_that_is_refused_after_the_handshake_is_told(bool withLogin)
    {
        // under TLS 1.3 the server judges after the client is done: the login meets it, or else the watch. The server of
        // .NET hangs up without an alert, so this takes another one
        using var server = OpenSslServer.TryStart(_files, "-tls1_3", "-Verify", "1", "-verify_return_error");
        Skip.If(server is null, "There is no openssl on this machine.");
        var tls = new TlsOptions { CaFile = CaFile() };
        var connector = new TcpConnector("127.0.0.1", await server.PortAsync(), new()
        {
            Tls = tls,
            Handshake = withLogin ? static async (stream, _, cancellationToken) => await stream.ReadExactlyAsync(new byte[1], cancellationToken) : null,
        });

        var error = await Record.ExceptionAsync(() => OpenAsync(connector));

        if (withLogin)
        {
            Assert.Equal(OpenFailureKind.Certificate, connector.Classify(error!));
        }
        else
        {
            error ??= await _line.Condemned.WaitAsync(Patience);
            Assert.Contains("refused our certificate after the handshake (TLS alert 116, certificate required)", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_speaks_only_older_versions_is_refused()
    {
        var (error, kind) = await FailAsync(
            new TlsOptions { CaFile = CaFile(), MinimumVersion = SslProtocols.Tls13 }, new() { EnabledSslProtocols = SslProtocols.Tls12 });
        Assert.Equal(OpenFailureKind.Configuration, kind);
        Assert.Contains("TLS 1.3 or later", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(SslProtocols.Tls12), InlineData(SslProtocols.Tls13)]
    public async Task Both_present_versions_are_spoken(SslProtocols version)
    {
        var serving = _server.AcceptTlsAsync(new() { EnabledSslProtocols = version });
        await using var stream = await OpenAsync(NewConnector(new TlsOptions { CaFile = CaFile() }));
        await using var peer = await serving;
        Assert.Equal(version, peer.SslProtocol);
    }

    [Fact]
    public async Task Skipping_verification_works_and_is_warned_of()
    {
        using var logger = new ListLogger();
        var connector = new TcpConnector("127.0.0.1", _server.Port, new()
        {
            Tls = new() { DangerouslySkipVerification = true, TargetHost = "whatever" },
            LoggerFactory = logger,
        });
        var (level, id, message) = Assert.Single(logger.Entries);
        Assert.Equal((LogLevel.Warning, 400), (level, id.Id));
        Assert.StartsWith($"127.0.0.1:{_server.Port}: ", message, StringComparison.Ordinal);
        var serving = _server.AcceptTlsAsync();
        await using var stream = await OpenAsync(connector);
        await using var peer = await serving;
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_given_up()
    {
        using var cancel = new CancellationTokenSource();
        var connector = NewConnector(new TlsOptions { CaFile = CaFile() });
        var opening = connector.OpenAsync(_line.NewContext(), cancel.Token).AsTask();
        await using var peer = await _server.AcceptAsync();
        // its hello has come: the handshake is under way
        Assert.NotEqual(-1, await OpenedStream.ReadOneAsync(peer));
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience, CancellationToken.None));
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Contains("in the TLS handshake", error.Message, StringComparison.Ordinal);
        await ReadToEndAsync(peer);
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_handshake_may_come_back()
    {
        var connector = NewConnector(new TlsOptions { CaFile = CaFile() });
        var opening = OpenAsync(connector);
        var peer = await _server.AcceptAsync();
        await OpenedStream.ReadOneAsync(peer);
        peer.Socket.Shutdown(SocketShutdown.Both);
        await peer.DisposeAsync();
        var error = await Assert.ThrowsAnyAsync<IOException>(() => opening);
        Assert.Equal(OpenFailureKind.Transient, connector.Classify(error));
    }

    [Fact]
    public async Task A_server_that_does_not_speak_tls_is_told()
    {
        var connector = NewConnector(new TlsOptions { CaFile = CaFile() });
        var opening = OpenAsync(connector);
        await using var peer = await _server.AcceptAsync();
        await peer.WriteAsync("220 mail.example ESMTP ready\r\n"u8.ToArray());
        var error = await Assert.ThrowsAnyAsync<AuthenticationException>(() => opening);
        Assert.Equal(OpenFailureKind.Configuration, connector.Classify(error));
        Assert.Contains("has to speak TLS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_named_and_a_matter_of_configuration()
    {
        var pem = Write("client.pem", TestCertificates.Client.ExportCertificatePem());
        await CheckAsync(new() { CaFile = Path.Combine(_files.FullName, "none.pem") }, "none.pem does not exist");
        await CheckAsync(new() { CaFile = Write("empty.pem", "") }, "empty.pem holds no PEM certificate");
        await CheckAsync(new() { CaFile = Write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") }, "bad.pem cannot be used");
        await CheckAsync(new() { CaFile = _files.FullName }, "cannot be read");
        await CheckAsync(new() { CaFile = CaFile(), ClientCertificateFile = pem }, "client.pem cannot be used");
        using var key = TestCertificates.Client.GetECDsaPrivateKey()!;
        var locked = Write("locked.key", key.ExportEncryptedPkcs8PrivateKeyPem("right", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000)));
        await CheckAsync(new() { CaFile = CaFile(), ClientCertificateFile = pem, ClientKeyFile = locked, ClientKeyPassword = "s3cret" }, "locked.key cannot be used");

        async Task CheckAsync(TlsOptions tls, string part)
        {
            var connector = NewConnector(tls);
            var error = await Assert.ThrowsAnyAsync<AuthenticationException>(() => OpenAsync(connector));
            Assert.Equal(OpenFailureKind.Configuration, connector.Classify(error));
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public async Task A_renewed_file_is_picked_up_by_the_next_open()
    {
        using var other = TestCertificates.Authority("CN=Another CA");
        var tls = new TlsOptions { CaFile = Write("rotating.pem", other.ExportCertificatePem()) };
        var connector = NewConnector(tls);
        var serving = _server.AcceptTlsAsync();
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => OpenAsync(connector));
        await Record.ExceptionAsync(() => serving);

        Write("rotating.pem", TestCertificates.Ca.ExportCertificatePem());

        serving = _server.AcceptTlsAsync();
        await using var stream = await OpenAsync(connector);
        await using var peer = await serving;
    }

    public void Dispose()
    {
        _server.Dispose();
        _files.Delete(recursive: true);
    }

    static SslServerAuthenticationOptions DemandingClientCertificate(SslProtocols versions) => new()
    {
        EnabledSslProtocols = versions,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
    };

    static async Task ReadToEndAsync(Stream stream)
    {
        try
        {
            await stream.CopyToAsync(Stream.Null).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // closed with unread bytes: a reset is an end too
        }
    }

    string CaFile() => Write("ca.pem", TestCertificates.Ca.ExportCertificatePem());

    string Write(string name, string text)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    TcpConnector NewConnector(TlsOptions tls) => new("127.0.0.1", _server.Port, new() { Tls = tls });

    Task<Stream> OpenAsync(TcpConnector connector) =>
        connector.OpenAsync(_line.NewContext(), CancellationToken.None).AsTask().WaitAsync(Patience);

    async Task<(Exception Error, OpenFailureKind Kind)> FailAsync(TlsOptions tls, SslServerAuthenticationOptions? server = null)
    {
        var connector = NewConnector(tls);
        var serving = _server.AcceptTlsAsync(server);
        var error = await Record.ExceptionAsync(() => OpenAsync(connector));
        await Record.ExceptionAsync(() => serving);
        Assert.NotNull(error);
        Assert.DoesNotContain('\n', error.Message);
        return (error, connector.Classify(error));
    }
}
