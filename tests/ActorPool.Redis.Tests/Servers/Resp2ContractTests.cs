namespace ActorPool.Redis.Tests.Servers;

public sealed class Resp2ContractTests : RedisContract
{
    protected override RedisProtocol Protocol => RedisProtocol.Resp2;
}
