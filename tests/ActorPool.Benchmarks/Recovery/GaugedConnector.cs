namespace ActorPool.Benchmarks.Recovery;

/// <summary>A connector whose opens are counted.</summary>
sealed class GaugedConnector(IConnector<Stream> inner, ConnectGauge gauge) : IConnector<Stream>
{
    public ConnectorSteps Steps => inner.Steps;

    public async ValueTask<Stream> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        gauge.Begin();
        try
        {
            return await inner.OpenAsync(context, cancellationToken);
        }
        finally
        {
            gauge.End();
        }
    }

    public ValueTask ProbeAsync(Stream connection, CancellationToken cancellationToken) => inner.ProbeAsync(connection, cancellationToken);

    public ValueTask ResetAsync(Stream connection, CancellationToken cancellationToken) => inner.ResetAsync(connection, cancellationToken);

    public ValueTask CloseAsync(Stream connection, CloseReason reason) => inner.CloseAsync(connection, reason);

    public bool IsFault(Exception error) => inner.IsFault(error);

    public bool IsReusable(Stream connection) => inner.IsReusable(connection);

    public bool TryReturn(Stream connection) => inner.TryReturn(connection);

    public bool NeedsReset(Stream connection) => inner.NeedsReset(connection);

    public OpenFailureKind Classify(Exception error) => inner.Classify(error);
}
