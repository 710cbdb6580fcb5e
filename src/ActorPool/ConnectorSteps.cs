namespace ActorPool;

/// <summary>The optional steps of a connector: what the pool calls only if the connector has it.</summary>
[Flags]
public enum ConnectorSteps
{
    /// <summary>Only open and close.</summary>
    None = 0,

    /// <summary><see cref="IConnector{TConnection}.ProbeAsync"/> asks the other end; without it there are no keepalive probes.</summary>
    Probe = 1,

    /// <summary>
    /// <see cref="IConnector{TConnection}.ResetAsync"/> cleans up every returned connection that
    /// <see cref="IConnector{TConnection}.NeedsReset"/> does not excuse; without it a returned connection is idle at once.
    /// </summary>
    Reset = 2,

    /// <summary><see cref="IConnector{TConnection}.TryReturn"/> looks at every connection on its way back.</summary>
    Return = 4,

    /// <summary><see cref="IConnector{TConnection}.IsReusable"/> looks at connections that were idle for a while.</summary>
    Reuse = 8,

    /// <summary>Every step.</summary>
    All = Probe | Reset | Return | Reuse,
}
