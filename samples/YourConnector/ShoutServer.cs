using System.Net;
using System.Net.Sockets;

namespace YourConnector;

/// <summary>The server that the tests connect to. Yours is the real one.</summary>
sealed class ShoutServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly string _password;

    public ShoutServer(string password)
    {
        _password = password;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
            while (await reader.ReadLineAsync() is { } line)
            {
                await writer.WriteLineAsync(line.Split(' ', 2) switch
                {
                    ["LOGIN", var password] => password == _password ? "OK" : "NO",
                    ["PING"] => "PONG",
                    ["SHOUT", var text] => text.ToUpperInvariant(),
                    _ => "ERROR unknown command",
                });
            }
        }
        catch (IOException)
        {
            // the client is gone
        }
    }
}
