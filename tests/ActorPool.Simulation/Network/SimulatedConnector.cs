namespace ActorPool.Simulation.Network;

/// <summary>Opens and closes over the simulated network, and notices when the pool breaks the rules of <see cref="IConnector{TConnection}"/>.</summary>
sealed class SimulatedConnector(SimulatedNetwork network, PoolSubject subject, SimulatedServer server, ConnectorSteps steps)
    : IConnector<SimulatedConnection>
{
    public ConnectorSteps Steps { get; } = steps;

    public PoolSubject Subject => subject;

    public ValueTask<SimulatedConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        var connection = new SimulatedConnection(context, server);
        subject.OpenBegins(connection);
        return network.Begin(OperationKind.Open, connection, subject.Ended, cancellationToken).Opened;
    }

    public ValueTask ProbeAsync(SimulatedConnection connection, CancellationToken cancellationToken) =>
        Begin(OperationKind.Probe, connection, cancellationToken);

    public ValueTask ResetAsync(SimulatedConnection connection, CancellationToken cancellationToken) =>
        Begin(OperationKind.Reset, connection, cancellationToken);

    public ValueTask CloseAsync(SimulatedConnection connection, CloseReason reason) =>
        Begin(OperationKind.Close, connection, CancellationToken.None);

    public bool IsReusable(SimulatedConnection connection)
    {
        subject.Looked(connection);
        return !connection.LooksDead;
    }

    public bool TryReturn(SimulatedConnection connection)
    {
        subject.Looked(connection);
        return !connection.LooksDead;
    }

    public OpenFailureKind Classify(Exception error) => SimulatedNetwork.Classify(error);

    ValueTask Begin(OperationKind kind, SimulatedConnection connection, CancellationToken cancellationToken)
    {
        subject.StepBegins(kind, connection);
        return network.Begin(kind, connection, subject.Ended, cancellationToken).Done;
    }
}
