namespace ActorPool.Connections;

/// <summary>What a <see cref="ConnectionMessage"/> asks or reports.</summary>
enum ConnectionRequest : byte
{
    /// <summary>Open, the first message.</summary>
    Open = 0,

    /// <summary>Take charge of a connection that is open already, the first message.</summary>
    Attach,

    /// <summary>Ask the other end whether it is there.</summary>
    Probe,

    /// <summary>Make ready for the next holder.</summary>
    Reset,

    /// <summary>Close, whatever is going on.</summary>
    Close,

    /// <summary>The holder keeps the connection: end without closing it.</summary>
    Forget,

    /// <summary>The connection says that it must not be used again.</summary>
    Condemn,

    /// <summary>A connector call has ended.</summary>
    CallEnded,

    /// <summary>The present connector call takes too long.</summary>
    CallExpired,

    /// <summary>It is time for a probe.</summary>
    KeepaliveDue,
}
