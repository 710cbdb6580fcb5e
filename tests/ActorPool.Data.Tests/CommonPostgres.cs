using ActorPool.Servers;

namespace ActorPool.Data.Tests;

/// <summary>A server for all other tests.</summary>
[CollectionDefinition(Name)]
public sealed class CommonPostgres : ICollectionFixture<SharedPostgres>
{
    public const string Name = "postgres";
}
