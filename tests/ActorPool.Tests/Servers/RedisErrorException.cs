namespace ActorPool.Tests.Servers;

/// <summary>An error reply, read to its end.</summary>
sealed class RedisErrorException(string message) : Exception(message);
