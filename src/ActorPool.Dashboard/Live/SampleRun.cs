using ActorPool.Dashboard.Details;

namespace ActorPool.Dashboard.Live;

/// <summary>
/// The loop that looks at all pools at each interval, from the first subscriber to the last. Its pictures are never changed, so
/// that subscribers read them without a lock, each at its own pace.
/// </summary>
sealed class SampleRun(DashboardSettings settings, PoolSource pools, PoolJournals journals, Func<long> nextVersion) : IDisposable
{
    readonly CancellationTokenSource _end = new();
    readonly Dictionary<long, PoolTrack> _tracks = [];
    readonly HashSet<long> _blind = [];
    readonly BudgetSampler _budgets = new(settings.Logger);
    readonly NodeSampler? _nodes = settings.Cluster is { } cluster ? new NodeSampler(cluster, settings) : null;
    Picture? _picture;
    TaskCompletionSource _newer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Begin()
    {
        // The loop must not carry on what the first subscriber's request is: its user, its trace.
        using (ExecutionContext.SuppressFlow())
        {
            _ = RunAsync(_end.Token);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    public async ValueTask<Picture> NextAsync(Picture? last, CancellationToken cancellationToken)
    {
        while (true)
        {
            // First the signal, then the picture: one that comes between the two is seen, and none is missed.
            var newer = Volatile.Read(ref _newer).Task;
            if (Volatile.Read(ref _picture) is { } picture && picture != last)
            {
                return picture;
            }

            await newer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    async Task RunAsync(CancellationToken end)
    {
        using var buffer = new RowBuffer();
        using var timer = new PeriodicTimer(settings.RefreshInterval, settings.Time);
        try
        {
            do
            {
                Volatile.Write(ref _picture, Look(buffer, end));
                Interlocked.Exchange(ref _newer, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
            while (await timer.WaitForNextTickAsync(end).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // the last subscriber has left
        }
    }

    Picture Look(RowBuffer buffer, CancellationToken end)
    {
        var begun = settings.Time.GetTimestamp();
        var version = nextVersion();
        var rows = new List<PoolRow>(_tracks.Count);
        var numbers = new List<long>(_tracks.Count);
        var connections = 0;
        foreach (var pool in pools.Pools)
        {
            var track = TrackOf(pool);
            track.SeenIn = version;
            rows.Add(Look(track, version, buffer));
            numbers.Add(track.Number);
            connections += track.Connections;
            if (track.IsTroubled)
            {
                journals.Watch(track.Number, pool);
            }
        }

        ForgetClosed(version);
        var before = _picture;
        var budgets = _budgets.Look(pools.Budgets, version, buffer);
        var nodes = _nodes?.Look(version, buffer, end) ?? [];
        return new Picture(
            version,
            [.. rows],
            [.. numbers],
            before is not null && before.Numbers.AsSpan().SequenceEqual([.. numbers]) ? before.MembersSince : version,
            budgets,
            before is not null && before.Budgets.AsSpan().SequenceEqual(budgets) ? before.BudgetsSince : version,
            nodes,
            before is not null && before.Nodes.AsSpan().SequenceEqual(nodes) ? before.NodesSince : version,
            connections,
            settings.Time.GetElapsedTime(begun));
    }

    PoolRow Look(PoolTrack track, long version, RowBuffer buffer)
    {
        try
        {
            return track.Look(settings.Time, version, buffer);
        }
#pragma warning disable CA1031 // one pool's error must not take the others from the page
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (_blind.Add(track.Number))
            {
                DashboardLog.NotShown(settings.Logger, error, track.Pool.Name);
            }

            return track.Blind(error, version, buffer);
        }
    }

    PoolTrack TrackOf(IConnectionPool pool)
    {
        var number = pools.NumberOf(pool);
        if (!_tracks.TryGetValue(number, out var track))
        {
            _tracks[number] = track = new PoolTrack(number, pool);
        }

        return track;
    }

    void ForgetClosed(long version)
    {
        foreach (var (number, track) in _tracks)
        {
            if (track.SeenIn != version)
            {
                _tracks.Remove(number);
                journals.Forget(number);
            }
        }
    }
}
