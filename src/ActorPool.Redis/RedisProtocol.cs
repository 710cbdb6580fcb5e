namespace ActorPool.Redis;

/// <summary>The version of the Redis protocol that a connection speaks.</summary>
public enum RedisProtocol
{
    /// <summary>RESP2: every server and proxy speaks it.</summary>
    Resp2 = 2,

    /// <summary>RESP3: Redis 6 and later; replies tell maps, sets, doubles and booleans apart.</summary>
    Resp3 = 3,
}
