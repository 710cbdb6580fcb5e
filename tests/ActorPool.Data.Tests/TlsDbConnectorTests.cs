using ActorPool.Servers;

namespace ActorPool.Data.Tests;

public sealed class TlsDbConnectorTests(SharedPostgres postgres) : DbConnectorContract(postgres, "SSL Mode=VerifyFull;Root Certificate=CA");
