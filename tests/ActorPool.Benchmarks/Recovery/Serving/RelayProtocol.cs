using System.Net;
using System.Net.Sockets;

namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>Both directions to a PostgreSQL and back. The client's first message is the login, and has no type before its length.</summary>
static class RelayProtocol
{
    public static async Task ServeAsync(ServedConnection connection)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await Pause.AsLongAs(connection.Plan.LoginMs);
        await server.ConnectAsync(IPAddress.Loopback, connection.Plan.RelayedPort);
        var answering = PumpAsync(server, connection.Socket, _ =>
        {
            connection.IsReady();
            return true;
        });
        var diesOnRequest = connection.Plan.Demise == Demise.Request;
        await PumpAsync(connection.Socket, server, first => !(diesOnRequest && first != 0));
        ServedConnection.Reset(connection.Socket);
        server.Shutdown(SocketShutdown.Both);
        await answering;
    }

    /// <summary>Passes on what comes until it ends, or until a piece is not to pass.</summary>
    static async Task PumpAsync(Socket from, Socket to, Func<byte, bool> mayPass)
    {
        try
        {
            var buffer = new byte[8192];
            while (await from.ReceiveAsync(buffer) is > 0 and var count && mayPass(buffer[0]))
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // one end is gone: so is the other in a moment
        }
    }
}
