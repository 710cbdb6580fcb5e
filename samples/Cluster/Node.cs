using ActorPool;
using ActorPool.Budgets;

namespace ClusterSample;

/// <summary>One machine: a budget and a pool, as every process of a service has them, and workers that keep leases busy.</summary>
sealed class Node : IAsyncDisposable
{
    readonly ClusterBudget _budget;
    readonly ConnectionPool<Connection> _pool;
    readonly Stack<(CancellationTokenSource Stop, Task Done)> _workers = new();
    int _busy;

    public Node(string name, int connections, IGrantStore store)
    {
        Name = name;

        // The two lines that make a pool share with other machines: the budget, and the pool that uses it.
        _budget = new ClusterBudget(new ClusterBudgetOptions { Name = $"sample-{Environment.ProcessId}", NodeName = name, Connections = connections, Lifetime = TimeSpan.FromSeconds(2), Margin = TimeSpan.FromMilliseconds(500), ClosingTime = TimeSpan.FromMilliseconds(300) }, store);
        _pool = ConnectionPool.Create(
            Connector.Create<Connection>((_, _) => new ValueTask<Connection>(new Connection())),
            new PoolOptions { Name = name, MaxSize = connections, AcquireTimeout = TimeSpan.FromMinutes(1), Budget = _budget });
    }

    public string Name { get; }

    public int Busy => Volatile.Read(in _busy);

    public int Wanted => _workers.Count;

    /// <summary>What it has of the budget, and what it knows of the others.</summary>
    public ClusterBudgetSnapshot View() => _budget.Snapshot();

    /// <summary>From now on so many workers, each of which wants a connection nearly all the time.</summary>
    public void Want(int workers)
    {
        while (_workers.Count < workers)
        {
            var stop = new CancellationTokenSource();
            _workers.Push((stop, WorkAsync(stop.Token)));
        }

        while (_workers.Count > workers)
        {
            _workers.Pop().Stop.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Want(0);
        await _pool.DisposeAsync();
        await _budget.DisposeAsync();
    }

    async Task WorkAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await using var lease = await _pool.AcquireAsync(stop);
                Interlocked.Increment(ref _busy);
                try
                {
                    await Task.Delay(50, stop);
                }
                finally
                {
                    Interlocked.Decrement(ref _busy);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or PoolException)
        {
            // It is over.
        }
    }
}
