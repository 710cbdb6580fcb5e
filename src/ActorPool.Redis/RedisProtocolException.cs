namespace ActorPool.Redis;

/// <summary>
/// What came from the server is not the Redis protocol, or is beyond a limit (<see cref="RedisOptions.MaxReplyBytes"/>,
/// <see cref="RedisOptions.MaxReplyDepth"/>). Nobody can tell where the next reply begins: the connection is closed.
/// </summary>
public sealed class RedisProtocolException : IOException
{
    /// <summary>What is wrong with it.</summary>
    public RedisProtocolException(string message)
        : base(message)
    {
    }
}
