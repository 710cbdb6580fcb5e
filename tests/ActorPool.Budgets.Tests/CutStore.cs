namespace ActorPool.Budgets.Tests;

/// <summary>A node's way to its engine, which can be cut.</summary>
sealed class CutStore(IGrantStore engine) : IGrantStore
{
    /// <summary>Whether requests and answers get lost.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether answers get lost, though the engine has done what it was asked for.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Whose answers get lost, though the engine has done what it was asked for; null: nobody's.</summary>
    public Func<GrantTransaction, bool>? LosesAnswersTo { get; set; }

    /// <summary>How many requests were sent.</summary>
    public int Requests { get; private set; }

    public async Task<GrantReply> CommitAsync(GrantTransaction transaction, CancellationToken cancellationToken)
    {
        Requests++;
        if (IsCut)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        var reply = await engine.CommitAsync(transaction, cancellationToken);
        return LosesAnswers || LosesAnswersTo?.Invoke(transaction) == true ? throw new GrantStoreException("the answer was lost") : reply;
    }

    public Task WatchAsync(string budget, string key, Action changed, CancellationToken cancellationToken) =>
        engine.WatchAsync(budget, key, changed, cancellationToken);

    public ValueTask DisposeAsync() => default;
}
