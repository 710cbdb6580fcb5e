using System.Runtime.CompilerServices;

namespace ActorPool.TestKit.Contracts;

/// <summary>What a clause of the contract is played on: a proxy in front of the server, and a connector that goes through it.</summary>
sealed class ContractStage<TConnection>(FaultProxy proxy, IConnector<TConnection> connector, TimeSpan patience) : IAsyncDisposable
    where TConnection : class
{
    readonly ConditionalWeakTable<TConnection, ContractLine> _lines = [];
    long _connections;

    public FaultProxy Proxy => proxy;

    public IConnector<TConnection> Connector => connector;

    public Task<TConnection> OpenAsync(CancellationToken cancellationToken = default) => OpenAsync(connector, cancellationToken);

    public async Task<TConnection> OpenAsync(IConnector<TConnection> by, CancellationToken cancellationToken = default)
    {
        var line = new ContractLine();
        var context = new OpenContext("contract", ++_connections, attempt: 1, TimeProvider.System, line);
        var connection = await EndsAsync(by.OpenAsync(context, cancellationToken).AsTask(), "an open")
            ?? throw new ExpectationException("The contract of connectors is not met: an open has returned null.");
        _lines.Add(connection, line);
        return connection;
    }

    /// <summary>Whether the pool would give the connection to the next holder after a use that met an error, or none.</summary>
    public bool IsKept(TConnection connection, Exception? error) =>
        (error is null || !connector.IsFault(error)) && connector.TryReturn(connection) && !_lines.GetValue(connection, static _ => new()).IsCondemned;

    public bool IsKnownDead(TConnection connection) =>
        _lines.GetValue(connection, static _ => new()).IsCondemned || !connector.IsReusable(connection);

    public Task CloseAsync(TConnection connection, CloseReason reason = CloseReason.PoolClosed) =>
        EndsAsync(connector.CloseAsync(connection, reason).AsTask(), "a close");

    /// <summary>Waits until the client has closed all its sockets.</summary>
    public Task AllClosedAsync() => EndsAsync(proxy.WaitUntilAsync(static proxy => proxy.Live == 0), "a socket stays open: closing all of them");

    public async Task EndsAsync(Task step, string what)
    {
        try
        {
            await step.WaitAsync(patience);
        }
        catch (TimeoutException) when (!step.IsCompleted)
        {
            throw NotEnded(what);
        }
    }

    public async Task<T> EndsAsync<T>(Task<T> step, string what)
    {
        await EndsAsync((Task)step, what);
        return await step;
    }

    public ValueTask DisposeAsync() => proxy.DisposeAsync();

    ExpectationException NotEnded(string what) =>
        new($"The contract of connectors is not met: {what} has not ended within {patience.TotalSeconds} s (fault of the proxy: {proxy.Fault}, connections open: {proxy.Live}).");
}
