namespace ActorPool.Benchmarks.Soak.Subjects;

/// <summary>A kind of pool, and those who lease from it.</summary>
abstract class Subject(string name, int callers) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>How many callers there are at once.</summary>
    public int Callers => callers;

    /// <summary>What its callers have met, from the beginning of the soak.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Lets the callers call until they are told to stop; each ends its last call first.</summary>
    public abstract Task CallAsync(CancellationToken stop);

    public abstract ValueTask DisposeAsync();
}
