using System.Net.Sockets;

namespace ActorPool.Endpoints;

/// <summary>Tells faults of the network, which may have hit other connections too, from those of one connection.</summary>
static class NetworkFault
{
    /// <summary>Whether an error, or one that caused it, is an error of sockets or streams. Runs no user's code.</summary>
    public static bool IsOne(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is SocketException or IOException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether an error can only come from a connection's end: while a connection is leased, it may else have ended in good
    /// order after its one answer. Runs no user's code.
    /// </summary>
    public static bool IsEnd(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is EndOfStreamException
                or SocketException
                {
                    SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NetworkReset
                        or SocketError.NotConnected,
                })
            {
                return true;
            }
        }

        return false;
    }
}
