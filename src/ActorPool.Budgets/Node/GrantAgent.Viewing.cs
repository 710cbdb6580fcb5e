using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>What operators see.</summary>
sealed partial class GrantAgent
{
    // Who has looked a moment ago looks again.
    static readonly TimeSpan AttentionSpan = TimeSpan.FromSeconds(10);

    TimeSpan _attentionUntil;
    TimeSpan _allReadAt;
    IReadOnlyList<Entry<NodeRecord>> _all = [];
    bool _fencesStrangers;

    /// <summary>What the engine said last when it failed; null if it has not, or has answered since.</summary>
    public string? LastError { get; private set; }

    /// <summary>Writes of the node's own record that were acknowledged.</summary>
    public long Renewals { get; private set; }

    /// <summary>Requests that were not answered, or with an error, while the node had a record.</summary>
    public long RenewalsFailed { get; private set; }

    /// <summary>Silent nodes that this one has fenced off.</summary>
    public long Fences { get; private set; }

    public ClusterBudgetState State =>
        HasLeft ? ClusterBudgetState.Closed
        : _own is null or { Record.IsFenced: true } ? ClusterBudgetState.Joining
        : _isCutOff || IsExpired ? ClusterBudgetState.CutOff
        : _failures > 0 ? ClusterBudgetState.Late
        : ClusterBudgetState.Active;

    /// <summary>Whether somebody looks at the nodes, or has a moment ago.</summary>
    bool IsLookedAt => Now < _attentionUntil;

    bool ShouldLookAtAll => IsLookedAt && Now - _allReadAt >= AskAgainAfter;

    /// <summary>What the node knows.</summary>
    /// <param name="lookAtNodes">Whether all nodes are to be read more often for a while.</param>
    public ClusterBudgetSnapshot View(bool lookAtNodes = true)
    {
        if (lookAtNodes)
        {
            _attentionUntil = Now + AttentionSpan;
        }

        return new ClusterBudgetSnapshot
        {
            Name = _settings.Budget,
            Node = _settings.NodeName,
            State = State,
            Connections = _settings.Connections,
            Free = _book?.Record.Free,
            Held = MayHave,
            Wanted = _wantedNow,
            Used = _used,
            DeadlineIn = _own is null ? null : _isCutOff ? TimeSpan.Zero : Deadline.Remaining,
            RenewedAgo = _renewed?.Elapsed(_time),
            OfflineFloor = _settings.OfflineFloor,
            Renewals = Renewals,
            RenewalsFailed = RenewalsFailed,
            Fences = Fences,
            IsReconciling = IsReconciling,
            LastError = LastError,
            Nodes = [.. _all.OrderBy(static node => node.Record.Client, StringComparer.Ordinal).Select(View)],
        };
    }

    ClusterNodeSnapshot View(Entry<NodeRecord> node)
    {
        var isThis = node.Record.Client == _settings.ClientName;
        var record = isThis && _own is { } own ? own.Record with { Wanted = _wantedNow } : node.Record;
        return new ClusterNodeSnapshot(
            record.Name,
            record.Client,
            record.Held,
            record.Wanted,
            isThis,
            record.IsFenced,
            isThis ? TimeSpan.Zero : _observed.TryGetValue(node.Key, out var seen) ? Now - seen.Since : null);
    }

    void SeeAll(BookPage page)
    {
        _all = page.Nodes;
        _allReadAt = Now;
        if (_own is null)
        {
            TryJoin(page);
        }
        else if (page.Book is null)
        {
            MakeBook(page);
        }
        else if (_fencesStrangers)
        {
            _fencesStrangers = false;
            FenceStrangers(page);
        }
        else if (!_mustReconcile && !_mustReassert)
        {
            ShareOut(page);
        }
    }
}
