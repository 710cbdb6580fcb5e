namespace ActorPool.Tests.Net;

/// <summary>The contract, over TLS.</summary>
public sealed class TlsContractTests() : TcpConnectorContract(tls: true);
