namespace ActorPool.Redis;

/// <summary>Which of redis-py's pools a URL's pool behaves like, where the URL does not say it.</summary>
public enum RedisPoolKind
{
    /// <summary>
    /// As <c>BlockingConnectionPool</c>: at most 50 connections, and an acquire waits for one for up to 20 s. Its option
    /// <c>timeout</c> changes the wait.
    /// </summary>
    Blocking = 0,

    /// <summary>
    /// As <c>ConnectionPool</c>: at most 100 connections, and an acquire beyond them fails at once
    /// (<see cref="WhenExhausted.Throw"/>).
    /// </summary>
    Throwing,
}
