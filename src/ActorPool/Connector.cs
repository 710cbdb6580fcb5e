using ActorPool.Connections;

namespace ActorPool;

/// <summary>Makes connectors from delegates.</summary>
public static class Connector
{
    /// <summary>
    /// Makes a connector from delegates. Steps that are left out are not called at all. See the members of
    /// <see cref="IConnector{TConnection}"/> for what each may do.
    /// </summary>
    /// <param name="open">Opens a connection.</param>
    /// <param name="close">Closes one; null disposes what is <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>.</param>
    /// <param name="probe">Probes an idle one; null for no keepalive probes.</param>
    /// <param name="reset">Resets one on its return; null for no reset.</param>
    /// <param name="isFault">Whether an error condemns its connection; null: every error does.</param>
    /// <param name="isReusable">Looks at one that was idle for a while; null for no look.</param>
    /// <param name="classify">What kind of failure an open met; null: every failure is transient.</param>
    public static IConnector<TConnection> Create<TConnection>(
        Func<OpenContext, CancellationToken, ValueTask<TConnection>> open,
        Func<TConnection, CloseReason, ValueTask>? close = null,
        Func<TConnection, CancellationToken, ValueTask>? probe = null,
        Func<TConnection, CancellationToken, ValueTask>? reset = null,
        Func<Exception, bool>? isFault = null,
        Func<TConnection, bool>? isReusable = null,
        Func<Exception, OpenFailureKind>? classify = null)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(open);
        return new DelegateConnector<TConnection>(open, close, probe, reset, isFault, isReusable, classify);
    }
}
