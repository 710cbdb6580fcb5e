using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorPool.Benchmarks.Candidates;

/// <summary>Takes from a bag that is known not to be empty.</summary>
static class Bags
{
    public static IdleConnection Take(ConcurrentBag<IdleConnection> bag) =>
        bag.TryTake(out var connection)
            ? connection
            : throw new UnreachableException("the semaphore let in more than there are connections");
}
