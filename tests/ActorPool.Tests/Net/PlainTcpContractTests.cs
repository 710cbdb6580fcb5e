namespace ActorPool.Tests.Net;

/// <summary>The contract, over plain TCP.</summary>
public sealed class PlainTcpContractTests() : TcpConnectorContract(tls: false);
