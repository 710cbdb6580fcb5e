using System.Net;
using System.Net.Sockets;

namespace ActorPool.TestKit.Faults;

/// <summary>A connection through the proxy: a socket on each side and a pump for each direction.</summary>
sealed class ProxiedConnection(FaultProxy proxy, Socket client) : IDisposable
{
    readonly CancellationTokenSource _over = new();
    readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    int _ended;
    int _clientGone;
    volatile bool _vanished;

    /// <summary>Whether the server's end has been closed behind the client's back.</summary>
    public bool HasVanished => _vanished;

    public async Task RunAsync(EndPoint target)
    {
        try
        {
            if (await TryBeginAsync(target).ConfigureAwait(false))
            {
                var toServer = new ProxyPump(proxy, this, client, _server, isToClient: false);
                var toClient = new ProxyPump(proxy, this, _server, client, isToClient: true);
                await Task.WhenAll(toServer.RunAsync(_over.Token), toClient.RunAsync(_over.Token)).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // over: who ended it has told the other end
        }
        finally
        {
            End(EndKind.Finish);
            ClientIsGone();
        }
    }

    /// <summary>Ends it at both ends.</summary>
    public void End(EndKind kind)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        Close(client, kind);
        Close(_server, kind);
        _over.Cancel();
        ClientIsGone();
    }

    /// <summary>The server's end is closed, and the client is not told.</summary>
    public void Vanish()
    {
        _vanished = true;
        Close(_server, EndKind.Finish);
    }

    /// <summary>One end is gone without a word: so is the other.</summary>
    /// <param name="isServer">Which.</param>
    public void Broke(bool isServer)
    {
        if (!(isServer && _vanished))
        {
            End(EndKind.Reset);
        }
    }

    public void ClientIsGone()
    {
        if (Interlocked.Exchange(ref _clientGone, 1) == 0)
        {
            proxy.ClientIsGone();
        }
    }

    public void Dispose() => _over.Dispose();

    async ValueTask<bool> TryBeginAsync(EndPoint target)
    {
        var fault = proxy.Fault;
        switch (fault.Kind)
        {
            case FaultKind.Reset:
                End(EndKind.Reset);
                return false;
            case FaultKind.Finish:
                End(EndKind.Finish);
                return false;
            case FaultKind.SlowAccept:
                await proxy.DelayAsync(fault.Time, proxy.TimeProvider.GetTimestamp(), _over.Token).ConfigureAwait(false);
                break;
            case FaultKind.HalfOpen:
                Vanish();
                return true;
        }

        try
        {
            await _server.ConnectAsync(target, _over.Token).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            End(EndKind.Reset);
            return false;
        }
    }

    static void Close(Socket socket, EndKind kind)
    {
        try
        {
            if (kind == EndKind.Reset)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            else if (socket.Connected)
            {
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // gone already
        }

        socket.Dispose();
    }
}
