namespace ActorPool.Budgets.Configuration;

/// <summary>A fence, and what it works with.</summary>
/// <param name="fence">The fence.</param>
/// <param name="owned">Disposed of with it.</param>
sealed class OwningFence(IGrantFence fence, IAsyncDisposable owned) : IGrantFence, IAsyncDisposable
{
    public ValueTask<int> EndAsync(string clientName, CancellationToken cancellationToken) => fence.EndAsync(clientName, cancellationToken);

    public ValueTask<int> EndOthersAsync(string clientNamePrefix, IReadOnlyCollection<string> known, CancellationToken cancellationToken) =>
        fence.EndOthersAsync(clientNamePrefix, known, cancellationToken);

    public ValueTask DisposeAsync() => owned.DisposeAsync();
}
