using System.Runtime.CompilerServices;
using ActorPool.Endpoints;

namespace ActorPool.Connections;

/// <summary>The connector that a user gave.</summary>
sealed class PooledConnector<TConnection>(IConnector<TConnection> connector) : PooledConnector
    where TConnection : class
{
    public IConnector<TConnection> Connector => connector;

    public override ConnectorSteps Steps { get; } = connector.Steps;

    public override async ValueTask<object> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
        await connector.OpenAsync(context, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{connector.GetType().Name}.OpenAsync returned null; it must return a connection or throw.");

    public override ValueTask ProbeAsync(object connection, CancellationToken cancellationToken) =>
        connector.ProbeAsync(Unsafe.As<TConnection>(connection), cancellationToken);

    public override ValueTask ResetAsync(object connection, CancellationToken cancellationToken) =>
        connector.ResetAsync(Unsafe.As<TConnection>(connection), cancellationToken);

    public override ValueTask CloseAsync(object connection, CloseReason reason) =>
        connector.CloseAsync(Unsafe.As<TConnection>(connection), reason);

    public override OpenFailureKind Classify(Exception error) => connector.Classify(error);

    public override bool TryReturn(object connection) => connector.TryReturn(Unsafe.As<TConnection>(connection));

    public override bool NeedsReset(object connection) => connector.NeedsReset(Unsafe.As<TConnection>(connection));

    public override Waiter NewWaiter(EndpointSupervisor supervisor) => new LeaseWaiter<TConnection>(supervisor);
}
