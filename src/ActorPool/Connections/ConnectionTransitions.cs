using static ActorPool.Connections.ConnectionState;

namespace ActorPool.Connections;

/// <summary>
/// A connection's life as a table: row state, column event, cell next state. An empty cell is illegal and trips
/// <see cref="Actors.Invariant"/>. What a connector call reports after the connection was told to close arrives in
/// <see cref="Closing"/>, and is legal there and nowhere else.
/// </summary>
static class ConnectionTransitions
{
    const ConnectionState None = (ConnectionState)255;

    static readonly int Events = Enum.GetValues<ConnectionEvent>().Length;

    static readonly ConnectionState[] Table =
    [
        //           Opened   OpenFailed TimedOut  ChkStart ChkPassed ChkFailed Close    Ended   Forgotten
        /* Opening */ Ready,   Closed,    Closing,  None,    None,     None,     Closing, None,   None,
        /* Ready */   None,    None,      None,     Busy,    None,     None,     Closing, None,   Closed,
        /* Busy */    None,    None,      Closing,  None,    Ready,    Closing,  Closing, None,   None,
        /* Closing */ Closing, Closing,   None,     None,    Closing,  Closing,  Closing, Closed, None,
        /* Closed */  None,    None,      None,     None,    None,     None,     None,    None,   None,
    ];

    /// <summary>Told of every transition, in the turn; null, as it is in production: nobody looks.</summary>
    public static Action<ConnectionState, ConnectionEvent>? Observer { get; set; }

    /// <summary>The state that follows, or null if the event is illegal in that state.</summary>
    public static ConnectionState? Find(ConnectionState state, ConnectionEvent happened) =>
        Table[((int)state * Events) + (int)happened] is var next && next != None ? next : null;

    /// <summary>The state that follows.</summary>
    public static ConnectionState Next(ConnectionState state, ConnectionEvent happened)
    {
        var next = Table[((int)state * Events) + (int)happened];
        Actors.Invariant.Check(next != None, "a connection met what its state forbids");
        Observer?.Invoke(state, happened);
        return next;
    }
}
