using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>
/// Others' silence, by this node's own monotonic clock: neither the engine's time nor anybody's wall clock decides. A node watches those that
/// follow it in a ring.
/// </summary>
sealed partial class GrantAgent
{
    static readonly TimeSpan FenceAgainAfter = TimeSpan.FromSeconds(1);

    readonly Dictionary<string, Observation> _observed = new(StringComparer.Ordinal);
    long? _fencing;
    Entry<NodeRecord>? _fenced;
    TimeSpan _nextFence;

    // Whose connections are gone, or as many as a floor allows.
    Entry<NodeRecord>? _confirmed;
    int _leftOfConfirmed;

    // Whether the server may still have what was closed when the deadline came: a close under a running request may hang.
    bool _mustClear;

    bool MayAskFence => _fencing is null && Now >= _nextFence;

    TimeSpan SilenceMax => _settings.Lifetime + _settings.Margin;

    /// <summary>Notes who has said something new. Who is not on the page is watched no longer: it is gone, or is none of those that follow this node.</summary>
    void Observe(BookPage page)
    {
        var now = Now;
        foreach (var key in _observed.Keys.Where(key => page.Node(key) is null).ToArray())
        {
            _observed.Remove(key);
        }

        foreach (var entry in page.Nodes)
        {
            if (entry.Key != _settings.Key || entry.Record.Client != _settings.ClientName)
            {
                _observed[entry.Key] = _observed.TryGetValue(entry.Key, out var seen) ? seen.Seen(entry, now) : new Observation(entry, now);
            }
        }
    }

    bool IsSilent(Entry<NodeRecord> node) =>
        _observed.TryGetValue(node.Key, out var seen) && Now - seen.Since >= _settings.RenewInterval * 1.5;

    /// <summary>Fences off who is silent, and frees the grants of who is fenced and gone.</summary>
    bool ActOnSilence()
    {
        foreach (var (_, seen) in _observed)
        {
            if (!seen.Entry.Record.IsFenced)
            {
                if (Now - seen.Since >= SilenceMax)
                {
                    Send(RequestPurpose.Fence, Steps.Fence(_settings.Key, seen.Entry), other: seen.Entry);
                    return true;
                }
            }
            else if (MayFence(seen.Entry) && IsGone(seen))
            {
                Reclaim(seen.Entry);
                return true;
            }
        }

        return ActOnOthersConnections();
    }

    /// <summary>Who lives on its floor is left alone. Only a successor may end that: numbers are given once, so its predecessor is dead.</summary>
    bool MayFence(Entry<NodeRecord> fenced) => !fenced.Record.IsAdrift || IsPredecessor(fenced);

    bool IsPredecessor(Entry<NodeRecord> other) => _own is null && other.Key == _settings.Key;

    bool IsGone(Observation fenced)
    {
        if (!_settings.HasFence)
        {
            return Now - fenced.Since >= _settings.FreezeQuarantine;
        }

        if (_confirmed is { } confirmed && confirmed.Key == fenced.Entry.Key && confirmed.Version == fenced.Entry.Version)
        {
            return true;
        }

        if (MayAskFence)
        {
            AskFence(fenced.Entry);
        }

        return false;
    }

    void AskFence(Entry<NodeRecord> about)
    {
        (_fencing, _fenced) = (++_lastId, about);
        _effects.Enqueue(new AgentEffect.Fence(_lastId, about.Record.Client));
    }

    void Reclaim(Entry<NodeRecord> gone)
    {
        if (_book is { } book)
        {
            var step = _settings.HasFence && _leftOfConfirmed > 0 ? Steps.SetAdrift(_settings.Key, book, gone) : Steps.Remove(_settings.Key, book, gone);
            Send(RequestPurpose.Reclaim, step, other: gone);
        }
        else
        {
            LookAgain();
        }
    }

    /// <summary>A node that was cut off, and that nobody has fenced, has the server's word that nothing is left of it before it goes on.</summary>
    bool ActOnClearing()
    {
        if (_mustClear && !_isCutOff && HaveClosed(Floor) && MayAskFence)
        {
            AskFence(_own!);
        }

        return false;
    }

    void Cleared(int? left, string? error)
    {
        _fenced = null;
        _mustClear = left != 0;
        if (_mustClear)
        {
            _nextFence = Now + Between(0.5, 1, FenceAgainAfter);
            Tell(AgentNewsKind.FenceUnconfirmed, _settings.NodeName, left ?? -1, error);
        }

        Look();
    }

    /// <summary>A fence has been tried.</summary>
    /// <param name="id">Which.</param>
    /// <param name="left">How many connections are left; 0: confirmed. Null: it failed.</param>
    /// <param name="error">Why it failed.</param>
    public void FenceAnswered(long id, int? left, string? error)
    {
        if (_fencing != id)
        {
            return;
        }

        _fencing = null;
        if (_fenced is { } own && own.Record.Client == _settings.ClientName)
        {
            Cleared(left, error);
            return;
        }

        var floors = _settings.OfflineFloor * (_fenced is null ? Math.Max(0, (_settings.MaxNodes ?? 0) - _knownAtFence) : IsPredecessor(_fenced) ? 0 : 1);
        if (left > floors || left is null)
        {
            _nextFence = Now + Between(0.5, 1, FenceAgainAfter);
            Tell(AgentNewsKind.FenceUnconfirmed, _fenced?.Record.Name, left ?? -1, error);
        }
        else if (_fenced is { } gone)
        {
            (_confirmed, _leftOfConfirmed) = (gone, left.Value);
        }
        else
        {
            _epochConfirmed = _epochAtFence;
        }

        _fenced = null;
        Look();
    }
}
