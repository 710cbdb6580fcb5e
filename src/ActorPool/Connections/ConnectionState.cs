namespace ActorPool.Connections;

/// <summary>What a connection's actor is doing: the rows of <see cref="ConnectionTransitions"/>.</summary>
enum ConnectionState : byte
{
    /// <summary>The connector is opening it.</summary>
    Opening = 0,

    /// <summary>It is open; the supervisor decides who uses it.</summary>
    Ready,

    /// <summary>The connector is probing or resetting it.</summary>
    Busy,

    /// <summary>It is being closed, or what was begun before is being waited for.</summary>
    Closing,

    /// <summary>Nothing is left of it.</summary>
    Closed,
}
