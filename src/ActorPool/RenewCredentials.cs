namespace ActorPool;

/// <summary>The provider of the credentials is asked now; if its answer is new, older connections are replaced. Done when the question is under way.</summary>
public sealed record RenewCredentials : PoolCommand;
