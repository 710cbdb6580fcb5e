namespace ActorPool.Connections;

/// <summary>The connector behind <see cref="Connector.Create{TConnection}"/>.</summary>
sealed class DelegateConnector<TConnection>(
    Func<OpenContext, CancellationToken, ValueTask<TConnection>> open,
    Func<TConnection, CloseReason, ValueTask>? close,
    Func<TConnection, CancellationToken, ValueTask>? probe,
    Func<TConnection, CancellationToken, ValueTask>? reset,
    Func<Exception, bool>? isFault,
    Func<TConnection, bool>? isReusable,
    Func<Exception, OpenFailureKind>? classify) : IConnector<TConnection>
    where TConnection : class
{
    public ConnectorSteps Steps { get; } =
        (probe is null ? 0 : ConnectorSteps.Probe)
        | (reset is null ? 0 : ConnectorSteps.Reset)
        | (isReusable is null ? 0 : ConnectorSteps.Reuse);

    public ValueTask<TConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
        open(context, cancellationToken);

    public ValueTask ProbeAsync(TConnection connection, CancellationToken cancellationToken) =>
        probe?.Invoke(connection, cancellationToken) ?? default;

    public ValueTask ResetAsync(TConnection connection, CancellationToken cancellationToken) =>
        reset?.Invoke(connection, cancellationToken) ?? default;

    public ValueTask CloseAsync(TConnection connection, CloseReason reason)
    {
        if (close is not null)
        {
            return close(connection, reason);
        }

        if (connection is IAsyncDisposable asyncDisposable)
        {
            return asyncDisposable.DisposeAsync();
        }

        (connection as IDisposable)?.Dispose();
        return default;
    }

    public bool IsFault(Exception error) => isFault?.Invoke(error) ?? true;

    public bool IsReusable(TConnection connection) => isReusable?.Invoke(connection) ?? true;

    public OpenFailureKind Classify(Exception error) => classify?.Invoke(error) ?? OpenFailureKind.Transient;
}
