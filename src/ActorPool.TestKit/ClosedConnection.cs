namespace ActorPool.TestKit;

/// <summary>A connection that a <see cref="ScriptedConnector{TConnection}"/> was told to close, and why.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Reason">Why.</param>
public readonly record struct ClosedConnection<TConnection>(TConnection Connection, CloseReason Reason)
    where TConnection : class;
