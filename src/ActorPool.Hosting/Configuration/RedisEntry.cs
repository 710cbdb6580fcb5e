using ActorPool.Redis;

namespace ActorPool.Hosting.Configuration;

/// <summary>What a pool's <c>redis { … }</c> says. With replicas and in a directory host and port are those of each endpoint.</summary>
sealed class RedisEntry : RoutedEntry<RedisConnection>
{
    /// <summary>Whom to connect to, and how.</summary>
    public RedisOptions Connection { get; } = new();
}
