namespace ActorPool.Stress;

/// <summary>A stress test.</summary>
interface IStress
{
    /// <summary>Runs for a while and prints what it did. 0 if every promise was kept, otherwise 1.</summary>
    Task<int> RunAsync(TimeSpan time);
}
