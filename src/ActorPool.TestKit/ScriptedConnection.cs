namespace ActorPool.TestKit;

/// <summary>A connection with nothing behind it.</summary>
/// <param name="Id">Its number in its pool.</param>
public sealed record ScriptedConnection(long Id)
{
    /// <summary>A connector of these.</summary>
    public static ScriptedConnector<ScriptedConnection> Connector(ConnectorSteps steps = ConnectorSteps.Probe | ConnectorSteps.Reuse) =>
        new(static context => new ScriptedConnection(context.ConnectionId)) { Steps = steps };
}
