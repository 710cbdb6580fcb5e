using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorPool.Budgets.Node;

/// <summary>
/// Runs a <see cref="GrantAgent"/>: tells it what happens, in the order in which it happens, and starts what it wants done. On the dispatcher,
/// one thing after the other.
/// </summary>
sealed class AgentRunner : IAsyncDisposable, IThreadPoolWorkItem
{
    readonly Lock _lock = new();
    readonly ConcurrentQueue<Action<GrantAgent>> _happened = new();
    readonly CancellationTokenSource _ended = new();
    readonly AgentSettings _settings;
    readonly GrantAgent _agent;
    readonly ConnectionBudget _pools;
    readonly IGrantStore _store;
    readonly IGrantFence? _fence;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly ITimer _timer;
    readonly IDisposable _watchOfPools;
    readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly IDispatcher _dispatcher;
    Task _watching = Task.CompletedTask;
    int _scheduled;

    public AgentRunner(AgentSettings settings, ConnectionBudget pools, IGrantStore store, IGrantFence? fence, PoolRuntime runtime)
    {
        _settings = settings;
        _pools = pools;
        _store = store;
        _fence = fence;
        _time = runtime.TimeProvider;
        _logger = new ShieldedLogger(runtime.LoggerFactory.CreateLogger<ClusterBudget>());
        _agent = new GrantAgent(settings, _time, runtime.Random);
        _timer = _time.CreateTimer(static runner => ((AgentRunner)runner!).Post(static agent => agent.Look()), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watchOfPools = pools.Watch(OnPoolsChanged);
        _dispatcher = runtime.Dispatcher;
        Post(Start);
    }

    public BudgetDeadline Deadline => _agent.Deadline;

    /// <summary>Ends when the node has joined; faulted if it has left before.</summary>
    public Task Joined => _joined.Task;

    public ClusterBudgetSnapshot View(bool lookAtNodes = true)
    {
        ClusterBudgetSnapshot view;
        lock (_lock)
        {
            view = _agent.View(lookAtNodes);
        }

        // Who looks wants to see more soon.
        Post(static agent => agent.Look());
        return view;
    }

    /// <summary>Leaves the budget, or gives it up when the engine does not answer in time.</summary>
    public async ValueTask DisposeAsync()
    {
        Post(static agent => agent.Leave());
        try
        {
            await _left.Task.WaitAsync(_settings.ClosingTime + _settings.RequestTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The others see that it is silent.
            _left.TrySetResult();
        }

        _watchOfPools.Dispose();
        await _ended.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _joined.TrySetException(new ObjectDisposedException(nameof(ClusterBudget), $"Budget '{_settings.Budget}' was disposed before this node had joined it."));
        _ = _joined.Task.Exception;
        Deadline.Expire();
        _pools.Resize(0, EvictMode.Hard);
        _ended.Dispose();
    }

    public void Execute()
    {
        while (_happened.TryDequeue(out var happened))
        {
            Tell(happened);
        }

        // Free the flag, then look again: what was queued after the last look and saw the flag set is not lost.
        Interlocked.Exchange(ref _scheduled, 0);
        if (!_happened.IsEmpty)
        {
            Schedule();
        }
    }

    void Start(GrantAgent agent)
    {
        agent.Look();
        _watching = WatchAsync();
    }

    void Post(Action<GrantAgent> happened)
    {
        if (!_left.Task.IsCompleted)
        {
            _happened.Enqueue(happened);
            Schedule();
        }
    }

    void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            _dispatcher.Execute(this);
        }
    }

    void Tell(Action<GrantAgent> happened)
    {
        var effects = new List<AgentEffect>();
        TimeSpan next;
        lock (_lock)
        {
            happened(_agent);
            while (_agent.TryTakeEffect(out var effect))
            {
                effects.Add(effect!);
            }

            next = _agent.NextLookIn;
        }

        foreach (var effect in effects)
        {
            CarryOut(effect);
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
        if (_agent.HasLeft)
        {
            _left.TrySetResult();
        }
    }

    void CarryOut(AgentEffect effect)
    {
        switch (effect)
        {
            case AgentEffect.Send send:
                _ = SendAsync(send);
                break;
            case AgentEffect.Limit { Recall: { } recall } limit:
                _pools.Resize(limit.Total, recall);
                break;
            case AgentEffect.Limit limit:
                _pools.Resize(limit.Total);
                break;
            case AgentEffect.Fence fence:
                _ = FenceAsync(fence.Id, token => _fence!.EndAsync(fence.ClientName, token));
                break;
            case AgentEffect.FenceOthers others:
                _ = FenceAsync(others.Id, token => _fence!.EndOthersAsync($"{_settings.Budget}/", others.Known, token));
                break;
            case AgentEffect.Tell { What: var news }:
                if (news.Kind == AgentNewsKind.Joined)
                {
                    _joined.TrySetResult();
                }

                ClusterLog.Write(_logger, _settings.Budget, _settings.NodeName, news);
                break;
            default:
                break;
        }
    }

    async Task SendAsync(AgentEffect.Send send)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
            using var timer = _time.CreateTimer(static source => Cancel((CancellationTokenSource)source!), patience, send.Timeout, Timeout.InfiniteTimeSpan);
            var reply = await _store.CommitAsync(send.Transaction, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            Post(agent => agent.Replied(send.Id, reply));
        }
        catch (OperationCanceledException)
        {
            Post(agent => agent.Failed(send.Id, $"no answer within {send.Timeout.TotalSeconds:0.###} s (ClusterBudgetOptions.RequestTimeout)"));
        }
#pragma warning disable CA1031 // an engine is users' code: whatever it throws, the node goes on until its deadline
        catch (Exception error)
#pragma warning restore CA1031
        {
            Post(agent => agent.Failed(send.Id, error.Message));
        }
    }

    static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer came at the same time.
        }
    }

    async Task FenceAsync(long id, Func<CancellationToken, ValueTask<int>> fence)
    {
        try
        {
            using var patience = new CancellationTokenSource(_settings.Lifetime, _time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _ended.Token);
            var left = await fence(linked.Token).AsTask().WaitAsync(linked.Token).ConfigureAwait(false);
            Post(agent => agent.FenceAnswered(id, left, error: null));
        }
        catch (OperationCanceledException)
        {
            Post(agent => agent.FenceAnswered(id, left: null, $"the fence had not answered after {_settings.Lifetime.TotalSeconds:0.###} s (ClusterBudgetOptions.Lifetime)"));
        }
#pragma warning disable CA1031 // a fence is users' code: whatever it throws, nothing is confirmed
        catch (Exception error)
#pragma warning restore CA1031
        {
            Post(agent => agent.FenceAnswered(id, left: null, error.Message));
        }
    }

    async Task WatchAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            Exception? broken = null;
            try
            {
                await _store.WatchAsync(_settings.Budget, _settings.Key, () => Post(static agent => agent.Changed()), _ended.Token).ConfigureAwait(false);
                Post(static agent => agent.IsWatched = false);
                return;
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // an engine is users' code: whatever it throws, the watch begins anew
            catch (Exception error)
#pragma warning restore CA1031
            {
                broken = error;
            }

            ClusterLog.WatchBroken(_logger, broken, _settings.Budget, _settings.NodeName);
            Post(static agent => agent.Changed());
            await Task.Delay(_settings.RenewInterval, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void OnPoolsChanged(BudgetSnapshot pools)
    {
        var wanted = (int)Math.Min(int.MaxValue, pools.Members.Sum(static member => (long)member.Wanted));
        Post(agent => agent.Used(pools.Resizes, pools.Granted, wanted));
    }
}
