namespace ActorPool.Tests;

/// <summary>Tests that need the machine's threads for themselves: they run one after the other, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealThreads
{
    public const string Name = "real threads";
}
