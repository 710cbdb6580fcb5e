namespace ActorPool.Connections;

/// <summary>Credentials with a number that rises whenever they change.</summary>
sealed record VersionedCredentials(Credentials Credentials, int Version);
