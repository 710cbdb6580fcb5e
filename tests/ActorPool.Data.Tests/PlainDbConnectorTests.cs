namespace ActorPool.Data.Tests;

public sealed class PlainDbConnectorTests(Postgres postgres) : DbConnectorContract(postgres, "SSL Mode=Disable");
