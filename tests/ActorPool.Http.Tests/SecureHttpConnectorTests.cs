namespace ActorPool.Http.Tests;

public sealed class SecureHttpConnectorTests() : HttpConnectorContractTests(overTls: true);
