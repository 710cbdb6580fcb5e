namespace ActorPool.Connections;

/// <summary>The keys of a connection's timers.</summary>
enum ConnectionTimer
{
    /// <summary>The end of the present call's time.</summary>
    CallExpires = 0,

    /// <summary>The next keepalive probe.</summary>
    Keepalive,
}
