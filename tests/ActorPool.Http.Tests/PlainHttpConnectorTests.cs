namespace ActorPool.Http.Tests;

public sealed class PlainHttpConnectorTests() : HttpConnectorContractTests(overTls: false);
