namespace ActorPool.Http.Connections;

/// <summary>A proxy did not open the way to an origin.</summary>
sealed class TunnelRefusedException(string message, OpenFailureKind kind) : IOException(message)
{
    public OpenFailureKind Kind { get; } = kind;
}
