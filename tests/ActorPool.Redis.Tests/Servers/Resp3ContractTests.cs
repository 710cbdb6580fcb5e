namespace ActorPool.Redis.Tests.Servers;

public sealed class Resp3ContractTests : RedisContract
{
    protected override RedisProtocol Protocol => RedisProtocol.Resp3;
}
