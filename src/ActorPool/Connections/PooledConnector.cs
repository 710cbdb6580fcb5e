using ActorPool.Endpoints;

namespace ActorPool.Connections;

/// <summary>
/// A connector with its connection type forgotten, so that the actors need not be generic; they handle connections as
/// black boxes anyway.
/// </summary>
abstract class PooledConnector
{
    public abstract ConnectorSteps Steps { get; }

    public abstract ValueTask<object> OpenAsync(OpenContext context, CancellationToken cancellationToken);

    public abstract ValueTask ProbeAsync(object connection, CancellationToken cancellationToken);

    public abstract ValueTask ResetAsync(object connection, CancellationToken cancellationToken);

    public abstract ValueTask CloseAsync(object connection, CloseReason reason);

    public abstract OpenFailureKind Classify(Exception error);

    public abstract bool TryReturn(object connection);

    public abstract bool NeedsReset(object connection);

    /// <summary>A new promise of a lease of the forgotten type.</summary>
    public abstract Waiter NewWaiter(EndpointSupervisor supervisor);
}
