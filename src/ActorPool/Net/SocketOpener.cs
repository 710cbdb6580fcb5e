using System.Net;
using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>Opens sockets with the options of a connector.</summary>
static class SocketOpener
{
    /// <summary>Connects a new socket; on failure and cancellation it is disposed.</summary>
    public static async Task<Socket> ConnectAsync(EndPoint address, TcpConnectorOptions options, CancellationToken cancellationToken)
    {
        var overTcp = address.AddressFamily != AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, overTcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            SetBuffers(socket, options);
            if (overTcp)
            {
                SetTcp(socket, options);
            }

            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // what is not asked for is not set: setting a buffer's size ends the system's own tuning of it
    static void SetBuffers(Socket socket, TcpConnectorOptions options)
    {
        if (options.ReceiveBufferSize is { } receive)
        {
            socket.ReceiveBufferSize = receive;
        }

        if (options.SendBufferSize is { } send)
        {
            socket.SendBufferSize = send;
        }
    }

    static void SetTcp(Socket socket, TcpConnectorOptions options)
    {
        socket.NoDelay = options.NoDelay;
        if (options.KeepAlive)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)options.KeepAliveTime.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)options.KeepAliveInterval.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, options.KeepAliveRetryCount);
        }
    }
}
