namespace ActorPool.Budgets.Tests;

/// <summary>A fence that does as it is told, and notes whom it was asked to end.</summary>
sealed class ScriptedFence : IGrantFence
{
    public List<string> Ended { get; } = [];

    /// <summary>How many connections it says are left.</summary>
    public int Left { get; set; }

    /// <summary>What it waits for when it is asked about a node, whatever its token says; null: nothing.</summary>
    public TaskCompletionSource<int>? Answer { get; set; }

    public ValueTask<int> EndAsync(string clientName, CancellationToken cancellationToken)
    {
        Ended.Add(clientName);
        return Answer is { } answer ? new ValueTask<int>(answer.Task) : ValueTask.FromResult(Left);
    }

    public ValueTask<int> EndOthersAsync(string clientNamePrefix, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        Ended.Add($"{clientNamePrefix}* but {known.Count}");
        return ValueTask.FromResult(Left);
    }
}
