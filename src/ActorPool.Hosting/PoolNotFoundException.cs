namespace ActorPool.Hosting;

/// <summary>A pool was asked for that there is not: the message names the nearest one, and all that there are.</summary>
public sealed class PoolNotFoundException : InvalidOperationException
{
    internal PoolNotFoundException(string message)
        : base(message)
    {
    }
}
