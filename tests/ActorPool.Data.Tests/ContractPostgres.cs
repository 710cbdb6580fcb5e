using ActorPool.Servers;

namespace ActorPool.Data.Tests;

/// <summary>A server for the contract alone, whose tests wait for timeouts while others work.</summary>
[CollectionDefinition(Name)]
public sealed class ContractPostgres : ICollectionFixture<SharedPostgres>
{
    public const string Name = "postgres of the contract";
}
