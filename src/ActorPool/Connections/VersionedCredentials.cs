namespace ActorPool.Connections;

/// <summary>Credentials with a number that rises whenever they change, and who has numbered them.</summary>
sealed record VersionedCredentials(Credentials Credentials, int Version, CredentialSource Source);
