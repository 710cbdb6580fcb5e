namespace ActorPool.Connections;

/// <summary>Which member of the connector a <see cref="ConnectorCall"/> calls.</summary>
enum ConnectorStep : byte
{
    /// <summary><see cref="IConnector{TConnection}.OpenAsync"/>.</summary>
    Open = 0,

    /// <summary><see cref="IConnector{TConnection}.ProbeAsync"/>.</summary>
    Probe,

    /// <summary><see cref="IConnector{TConnection}.ResetAsync"/>.</summary>
    Reset,

    /// <summary><see cref="IConnector{TConnection}.CloseAsync"/>.</summary>
    Close,
}
