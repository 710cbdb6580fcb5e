using System.Net.Sockets;

namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>One connection of the server's, and how far it has come.</summary>
sealed class ServedConnection(RecoveryListener listener, Socket socket)
{
    bool _isReady;

    public Socket Socket => socket;

    public ServerPlan Plan => listener.Plan;

    /// <summary>Its first answer is about to be sent.</summary>
    public void IsReady()
    {
        if (!_isReady)
        {
            _isReady = true;
            listener.NoteReady();
        }
    }

    public async Task ServeAsync()
    {
        try
        {
            await (Plan.Service switch
            {
                Service.Echo => EchoProtocol.ServeAsync(this),
                Service.Http => HttpProtocol.ServeAsync(this),
                _ => RelayProtocol.ServeAsync(this),
            });
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the client has left
        }

        listener.NoteEnd(_isReady);
        Reset(socket);
    }

    /// <summary>Ends a connection with a reset.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // reset already
        }

        socket.Dispose();
    }
}
