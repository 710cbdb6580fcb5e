using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using ActorPool.Http.Tests.Support;
using ActorPool.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ActorPool.Http.Tests;

/// <summary>Connections that do not open, and what their users are told.</summary>
public sealed class SecureConnectionTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Requests_over_tls_ride_on_one_connection()
    {
        await using var server = await StartAsync();
        await using var client = NewClient(server.Address);
        Assert.Equal("HTTP/1.1 https", await client.GetTextAsync());
        Assert.Equal("HTTP/1.1 https", await client.GetTextAsync());
        Assert.Equal((1L, 1), (client.Snapshot.Opened, client.Snapshot.Idle));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_at_once_and_by_name()
    {
        await using var server = await StartAsync();
        await using var client = NewClient(server.Address, options => options.Tls.CaCertificates = null);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Equal(HttpRequestError.SecureConnectionError, error.HttpRequestError);
        Assert.Contains("issued by CN=ActorPool test CA, which does not lead to a trusted CA", error.Message, StringComparison.Ordinal);
        Assert.Equal(OpenFailureKind.Certificate, Assert.IsType<ConnectFailedException>(error.InnerException).Kind);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_at_once_and_by_name()
    {
        await using var server = await StartAsync();
        await using var client = NewClient(server.Address, options => options.Tls.TargetHost = "shop.internal");
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Contains("it is for localhost, 127.0.0.1, not for shop.internal", error.Message, StringComparison.Ordinal);
        Assert.Equal(OpenFailureKind.Certificate, Assert.IsType<ConnectFailedException>(error.InnerException).Kind);
    }

    [Fact]
    public async Task A_refused_certificate_is_not_tried_again()
    {
        await using var server = await StartAsync();
        await using var client = NewClient(server.Address, options =>
        {
            options.Tls.CaCertificates = null;
            options.Retry.MaxAttempts = 5;
            options.Retry.Delay = TimeSpan.FromHours(1);
            options.Retry.MaxDelay = TimeSpan.FromHours(1);
        });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Equal(1, client.Snapshot.OpensFailed);
    }

    [Fact]
    public async Task Verification_can_be_switched_off()
    {
        await using var server = await StartAsync();
        await using var client = NewClient(server.Address, options => options.Tls = new() { DangerouslySkipVerification = true });
        Assert.Equal("HTTP/1.1 https", await client.GetTextAsync());
    }

    [Fact]
    public async Task A_missing_file_of_cas_is_named()
    {
        await using var server = await StartAsync();
        await using var client = NewClient(server.Address, options => options.Tls = new() { CaFile = "no-such-file.pem" });
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Contains("no-such-file.pem", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_reported_at_once()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        await using var client = new PooledClient(new Uri($"http://127.0.0.1:{port}/path?token=secret"));
        var started = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.True(Stopwatch.GetElapsedTime(started) < Patience / 2);
        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
        Assert.IsType<EndpointUnavailableException>(error.InnerException);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_reported_as_such()
    {
        await using var client = new PooledClient(new Uri("http://no-such-host.invalid/"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Equal(HttpRequestError.NameResolutionError, error.HttpRequestError);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_the_handshake_is_given_up_after_the_connect_timeout()
    {
        await using var server = new RawServer(static connection => connection.ReadRequestAsync());
        await using var client = new PooledClient(
            new Uri($"https://127.0.0.1:{server.Port}/"), options => options.Pool.ConnectTimeout = TimeSpan.FromMilliseconds(100));
        var asking = client.GetAsync();
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => asking);
        Assert.Contains("ConnectTimeout", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tls_a_close_between_two_requests_is_transparent()
    {
        await using var server = new RawServer(async connection =>
        {
            await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
            await tls.AuthenticateAsServerAsync(TestCertificates.Server);
            var buffer = new byte[4096];
            Assert.True(await tls.ReadAsync(buffer) > 0);
            await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(RawServer.Ok($"{connection.Number}")));
            await tls.ShutdownAsync();
        });
        await using var client = NewClient(new Uri($"https://localhost:{server.Port}"));
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal($"{i}", await client.GetTextAsync());
            await server.Connections.Last().Closed.WaitAsync(Patience);
        }
    }

    static Task<WebServer> StartAsync() => WebServer.StartAsync(
        static application => application.MapGet("/", static (HttpContext context) => $"{context.Request.Protocol} {context.Request.Scheme}"), overTls: true);

    static PooledClient NewClient(Uri address, Action<HttpPoolOptions>? configure = null) => new(address, options =>
    {
        options.Tls.CaCertificates = [TestCertificates.Ca];
        configure?.Invoke(options);
    });
}
