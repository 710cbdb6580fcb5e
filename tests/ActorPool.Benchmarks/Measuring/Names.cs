namespace ActorPool.Benchmarks.Measuring;

/// <summary>The contenders that others are compared with.</summary>
static class Names
{
    public const string ActorPool = "ActorPool";
    public const string Ask = "ActorPool by Ask";
    public const string Channel = "Channel<T>";
    public const string Semaphore = "SemaphoreSlim + ConcurrentBag";
    public const string ObjectPool = "ObjectPool (cannot wait)";
    public const string NoPool = "no pool (the loop alone)";
}
