using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Allocating;

/// <summary>Something that users do all day, on a pool that is open.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Prepare">Makes the pool in a world of its own and gives what is to be weighed.</param>
/// <param name="Operations">How many operations one run is.</param>
/// <param name="BytesMax">What it must not exceed; null if it is only told.</param>
/// <param name="Varies">Whether the JIT puts an object on the stack in one run of the program and not in another.</param>
sealed record AllocationCase(string Name, Func<VirtualRuntime, Action> Prepare, int Operations = 1, int? BytesMax = null, bool Varies = false);
