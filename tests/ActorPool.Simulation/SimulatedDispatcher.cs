namespace ActorPool.Simulation;

/// <summary>Work that waits until the schedule picks it: any of it may be next, as on a thread pool.</summary>
sealed class SimulatedDispatcher : IDispatcher
{
    readonly List<IThreadPoolWorkItem> _work = [];

    public int Count => _work.Count;

    public void Execute(IThreadPoolWorkItem workItem) => _work.Add(workItem);

    /// <summary>What waits at a place; 0 has waited longest.</summary>
    public IThreadPoolWorkItem this[int index] => _work[index];

    /// <summary>Takes it out, to be run.</summary>
    public IThreadPoolWorkItem Take(int index)
    {
        var work = _work[index];
        _work.RemoveAt(index);
        return work;
    }
}
