namespace ActorPool.Simulation.Network;

/// <summary>Opens and closes over the simulated network, and notices when the pool breaks the rules of <see cref="IConnector{TConnection}"/>.</summary>
sealed class SimulatedConnector(SimulatedNetwork network, PoolSubject subject, SimulatedServer server, ConnectorSteps steps)
    : IConnector<SimulatedConnection>
{
    public ConnectorSteps Steps { get; } = steps;

    public async ValueTask<SimulatedConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        var connection = new SimulatedConnection(context, server);
        subject.OpenBegins(connection);
        try
        {
            await network.BeginAsync(OperationKind.Open, connection, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            subject.OpenEnds(connection, Stage.Failed);
            throw;
        }

        subject.OpenEnds(connection, Stage.Open);
        return connection;
    }

    public ValueTask ProbeAsync(SimulatedConnection connection, CancellationToken cancellationToken) =>
        CheckAsync(OperationKind.Probe, connection, cancellationToken);

    public async ValueTask ResetAsync(SimulatedConnection connection, CancellationToken cancellationToken)
    {
        await CheckAsync(OperationKind.Reset, connection, cancellationToken).ConfigureAwait(false);
        connection.IsDirty = false;
    }

    public async ValueTask CloseAsync(SimulatedConnection connection, CloseReason reason)
    {
        subject.StepBegins(OperationKind.Close, connection);
        try
        {
            await network.BeginAsync(OperationKind.Close, connection, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            subject.StepEnds(connection, Stage.Closed);
        }
    }

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

    async ValueTask CheckAsync(OperationKind kind, SimulatedConnection connection, CancellationToken cancellationToken)
    {
        subject.StepBegins(kind, connection);
        try
        {
            await network.BeginAsync(kind, connection, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            subject.StepEnds(connection, Stage.Open);
        }
    }
}
