namespace ActorPool;

/// <summary>The credentials have changed: connections opened with the old ones are being replaced.</summary>
public sealed record CredentialsChanged : PoolEvent
{
    internal CredentialsChanged(string poolName)
        : base(poolName)
    {
    }
}
