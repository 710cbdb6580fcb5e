namespace ActorPool.Redis.Tests.Servers;

public sealed class TlsContractTests : RedisContract
{
    protected override RedisProtocol Protocol => RedisProtocol.Resp3;

    protected override bool UsesTls => true;
}
