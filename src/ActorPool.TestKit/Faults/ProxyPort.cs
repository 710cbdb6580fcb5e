using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ActorPool.TestKit.Faults;

/// <summary>
/// The port of a proxy, on 127.0.0.1: it listens, or refuses. On Linux it is kept while it refuses; elsewhere somebody else may
/// take it meanwhile.
/// </summary>
sealed class ProxyPort : IDisposable
{
    const int AttemptsMax = 50;
    const int Backlog = 512;

    // SOL_SOCKET and SO_REUSEADDR of Linux
    const int SocketLevel = 1;
    const int ReuseAddress = 2;

    ProxyPort(Socket listener)
    {
        Listener = listener;
        Number = ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    public Socket Listener { get; private set; }

    public int Number { get; }

    /// <summary>A free one, which listens; below those that systems give to outgoing connections.</summary>
    public static ProxyPort Free()
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            // not the proxy's seeded ones: two proxies with one seed are not to fight for a port
            if (TryListen(RandomNumberGenerator.GetInt32(20_000, 32_000)) is { } listener)
            {
                return new ProxyPort(listener);
            }
        }

        throw new InvalidOperationException($"No free port on 127.0.0.1 in {AttemptsMax} attempts.");
    }

    /// <summary>Connections are refused from now on; those that stand are not touched.</summary>
    public void Refuse()
    {
        if (OperatingSystem.IsLinux())
        {
            // A listener that is shut down listens no more, and is still bound: others who would share the address are turned away.
            ShareAddress(0);
            Listener.Shutdown(SocketShutdown.Both);
        }
        else
        {
            Listener.Dispose();
        }
    }

    /// <summary>Listens again.</summary>
    public void Listen()
    {
        if (OperatingSystem.IsLinux())
        {
            // with the connections that stand
            ShareAddress(1);
            Listener.Listen(Backlog);
        }
        else
        {
            Listener = TryListen(Number) ?? throw new InvalidOperationException($"Port {Number} was taken by somebody else while the proxy refused connections.");
        }
    }

    public void Dispose() => Listener.Dispose();

    static Socket? TryListen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    void ShareAddress(int share) => Listener.SetRawSocketOption(SocketLevel, ReuseAddress, BitConverter.GetBytes(share));
}
