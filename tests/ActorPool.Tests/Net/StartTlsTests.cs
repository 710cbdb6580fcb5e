using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using ActorPool.Servers;

namespace ActorPool.Tests.Net;

/// <summary>Connections that begin in the clear and go over to TLS.</summary>
public sealed class StartTlsTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly RecordingLine _line = new();
    readonly LoopbackServer _server = new();

    [Fact]
    public async Task When_the_server_agrees_the_login_goes_over_tls()
    {
        var encrypted = false;
        var opening = OpenAsync(StartTlsPolicy.Required, stream => encrypted = TcpConnector.IsEncrypted(stream));
        await using var clear = await _server.AcceptAsync();
        await GreetAsync(clear, "OK\n");
        await using var tls = new SslStream(clear);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificates.Server }).WaitAsync(Patience);
        Assert.Equal("LOGIN", await ReadLineAsync(tls));
        await tls.WriteAsync("OK\n"u8.ToArray());

        await using var stream = await opening.WaitAsync(Patience);

        Assert.True(encrypted);
        Assert.True(TcpConnector.IsEncrypted(stream));
    }

    [Fact]
    public async Task When_the_server_refuses_what_is_required_nothing_more_is_sent()
    {
        var opening = OpenAsync(StartTlsPolicy.Required);
        await using var clear = await _server.AcceptAsync();
        await GreetAsync(clear, "NO\n");

        var error = await Assert.ThrowsAnyAsync<AuthenticationException>(() => opening.WaitAsync(Patience));

        Assert.Equal(OpenFailureKind.Configuration, Connector(StartTlsPolicy.Required).Classify(error));
        Assert.Contains("StartTls.Policy is Required", error.Message, StringComparison.Ordinal);
        Assert.Equal("", await ReadLineAsync(clear));
    }

    [Fact]
    public async Task When_the_server_refuses_what_is_preferred_the_connection_goes_on_in_the_clear()
    {
        var encrypted = true;
        var opening = OpenAsync(StartTlsPolicy.Preferred, stream => encrypted = TcpConnector.IsEncrypted(stream));
        await using var clear = await _server.AcceptAsync();
        await GreetAsync(clear, "NO\n");
        Assert.Equal("LOGIN", await ReadLineAsync(clear));
        await clear.WriteAsync("OK\n"u8.ToArray());

        await using var stream = await opening.WaitAsync(Patience);

        Assert.False(encrypted);
        Assert.True(Connector(StartTlsPolicy.Preferred).IsReusable(stream));
        // a stream in the clear is watched as one: whatever comes unasked spoils it
        await clear.WriteAsync("x"u8.ToArray());
        Assert.Contains("while nobody used the connection", (await _line.Condemned.WaitAsync(Patience)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_follow_the_agreement_in_the_clear_are_refused()
    {
        var opening = OpenAsync(StartTlsPolicy.Required);
        await using var clear = await _server.AcceptAsync();
        await GreetAsync(clear, "OK\nINJECTED\n");

        var error = await Assert.ThrowsAnyAsync<AuthenticationException>(() => opening.WaitAsync(Patience));

        Assert.Contains("9 bytes came in the clear", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_leaves_instead_of_answering_is_a_failure_that_waiting_may_cure()
    {
        var opening = OpenAsync(StartTlsPolicy.Preferred);
        await using (await _server.AcceptAsync())
        {
        }

        var error = await Assert.ThrowsAnyAsync<IOException>(() => opening.WaitAsync(Patience));

        Assert.Equal(OpenFailureKind.Transient, Connector(StartTlsPolicy.Preferred).Classify(error));
    }

    [Fact]
    public void What_is_missing_is_told_when_the_connector_is_made()
    {
        var error = Assert.Throws<ArgumentException>(() => new TcpConnector("127.0.0.1", 143, new() { StartTls = new() { Policy = (StartTlsPolicy)7 } }));

        Assert.Contains("StartTls.Ask is not set", error.Message, StringComparison.Ordinal);
        Assert.Contains("StartTls.Policy is 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("Tls is not", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _server.Dispose();

    TcpConnector Connector(StartTlsPolicy policy, Action<Stream>? look = null) => new("127.0.0.1", _server.Port, new()
    {
        Tls = OpenedStream.TrustingTls(),
        StartTls = new()
        {
            Policy = policy,
            Ask = static async (stream, _, token) =>
            {
                await stream.WriteAsync("STARTTLS\n"u8.ToArray(), token);
                return await ReadLineAsync(stream) switch
                {
                    "OK" => true,
                    "NO" => false,
                    _ => throw new IOException("No answer."),
                };
            },
        },
        Handshake = async (stream, _, token) =>
        {
            look?.Invoke(stream);
            await stream.WriteAsync("LOGIN\n"u8.ToArray(), token);
            Assert.Equal("OK", await ReadLineAsync(stream));
        },
    });

    Task<Stream> OpenAsync(StartTlsPolicy policy, Action<Stream>? look = null) =>
        Connector(policy, look).OpenAsync(_line.NewContext(), CancellationToken.None).AsTask();

    static async Task GreetAsync(NetworkStream clear, string answer)
    {
        Assert.Equal("STARTTLS", await ReadLineAsync(clear));
        await clear.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    /// <summary>Up to the end of a line or of the stream, and no further.</summary>
    static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one).AsTask().WaitAsync(Patience) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString();
    }
}
