namespace ActorPool.Data.Tests;

public sealed class TlsDbConnectorTests(Postgres postgres) : DbConnectorContract(postgres, "SSL Mode=VerifyFull;Root Certificate=CA");
