using ActorPool.Servers;

namespace ActorPool.Data.Tests;

public sealed class PlainDbConnectorTests(SharedPostgres postgres) : DbConnectorContract(postgres, "SSL Mode=Disable");
