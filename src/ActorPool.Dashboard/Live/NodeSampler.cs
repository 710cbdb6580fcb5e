namespace ActorPool.Dashboard.Live;

/// <summary>Asks the nodes of a cluster for their pools, from time to time and never two times at once, and remembers their rows. For the sampler's loop alone, which it never holds up.</summary>
sealed class NodeSampler(IPoolCluster cluster, DashboardSettings settings)
{
    // Each look is a message to every node.
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    Dictionary<string, PoolRow> _rows = new(StringComparer.Ordinal);
    PoolRow[] _shown = [];
    Task<ClusterPoolsSnapshot>? _asking;
    long _askedAt;
    bool _hasAsked;
    bool _isBlind;

    /// <summary>What the nodes have said last; those that say what they said before are the same objects.</summary>
    public PoolRow[] Look(long version, RowBuffer buffer, CancellationToken end)
    {
        if (_asking is { IsCompleted: true } asked)
        {
            _asking = null;
            _shown = Take(asked, version, buffer);
        }

        if (_asking is null && (!_hasAsked || settings.Time.GetElapsedTime(_askedAt) >= Pace))
        {
            (_hasAsked, _askedAt) = (true, settings.Time.GetTimestamp());
            _asking = AskAsync(end);
        }

        return _shown;
    }

    PoolRow[] Take(Task<ClusterPoolsSnapshot> asked, long version, RowBuffer buffer)
    {
        if (!asked.IsCompletedSuccessfully)
        {
            // Told once, until it goes well again.
            if (!_isBlind && asked.Exception is { InnerException: { } error })
            {
                DashboardLog.ClusterNotShown(settings.Logger, error);
            }

            _isBlind = true;
            NodeRow.WriteBlind(buffer.Begin(), asked.Exception?.InnerException);
            return [buffer.End(_shown is [var only] ? only : null, version)];
        }

        _isBlind = false;
        var rows = new Dictionary<string, PoolRow>(StringComparer.Ordinal);
        var nodes = NodeRow.Shown(asked.Result.Nodes);
        foreach (var node in nodes)
        {
            NodeRow.WriteMembers(buffer.Begin(), node, nodes.Count, asked.Result.Nodes.Count);
            rows[node.Address] = buffer.End(_rows.GetValueOrDefault(node.Address), version);
        }

        _rows = rows;
        return [.. nodes.Select(node => rows[node.Address])];
    }

    // A cluster of the application's own may throw at once, too.
    async Task<ClusterPoolsSnapshot> AskAsync(CancellationToken end) => await cluster.SnapshotAsync(end).ConfigureAwait(false);
}
