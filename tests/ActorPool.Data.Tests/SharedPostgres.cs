namespace ActorPool.Data.Tests;

[CollectionDefinition(Name)]
public sealed class SharedPostgres : ICollectionFixture<Postgres>
{
    public const string Name = "postgres";
}
