namespace ActorPool;

/// <summary>
/// Opening a connection fails in a way that waiting does not cure: credentials, certificate, configuration. The inner
/// exception is what the connector threw.
/// </summary>
public sealed class ConnectFailedException : PoolException
{
    internal ConnectFailedException(
        string message, string poolName, PoolSnapshot snapshot, OpenFailureKind kind, Exception? inner)
        : base(message, poolName, PoolFailureReason.ConnectFailed, snapshot, inner) => Kind = kind;

    /// <summary>What kind of failure it is, as <see cref="IConnector{TConnection}.Classify"/> says.</summary>
    public OpenFailureKind Kind { get; }
}
