using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>In and out of the book.</summary>
sealed partial class GrantAgent
{
    TimeSpan _nextJoin;
    bool _isJoinRefused;

    void ActUnjoined()
    {
        if (_isLeaving)
        {
            Left();
        }
        else if (Now >= _nextJoin && !ActOnSilence() && _pending is null && IsDown)
        {
            LookAgain();
        }
    }

    /// <summary>Joins, or looks who is there if there is no book.</summary>
    void SeeBook(BookPage page)
    {
        if (_isLeaving)
        {
            Left();
        }
        else if (page.Book is null)
        {
            LookAtAll();
        }
        else
        {
            TryJoin(page);
        }
    }

    /// <summary>Joins, if there is room in the book as it was just read.</summary>
    void TryJoin(BookPage page)
    {
        // With another deadline its pools may use what they have: that must be no more than what is their own.
        if (!IsDown || ActOnEngine())
        {
            return;
        }

        if (page.Node(_settings.Key) is { } found)
        {
            if (found.Record.Client == _settings.ClientName && found.Record.Held > 0 && page.Book is not null)
            {
                // Its own from before the engine lost writes: others may have been given these grants since.
                var own = found.Record with { Beat = _lastBeat + 1, Held = 0, Wanted = Wanted, IsFenced = false, Asks = [] };
                SendOwn(RequestPurpose.Join, Steps.Reassert(page.Book, found, _settings.Key, own));
                return;
            }

            if (found.Record.Client == _settings.ClientName)
            {
                // Its own: an answer was lost. It may not use it before it has said something that was acknowledged.
                _own = found;
                _beatSeen = found.Record.Beat;
                _nextRenewal = Now;
                return;
            }

            RefuseJoin($"{_settings.Key} is taken by {found.Record.Client}");
            return;
        }

        var nodes = page.Book?.Record.Nodes ?? page.Nodes.Count;
        if (_settings.MaxNodes is { } most && nodes >= most)
        {
            RefuseJoin($"there are {nodes} nodes already, as many as MaxNodes allows");
            return;
        }

        var node = new NodeRecord { Name = _settings.NodeName, Client = _settings.ClientName, Beat = _lastBeat + 1, Wanted = Wanted };
        var join = page.Book is null
            ? Steps.Join(book: null, _settings.Key, node, _settings.Shareable, page.Nodes.Sum(static other => other.Record.Held), page.Nodes.Count)
            : Steps.Join(page.Book, _settings.Key, node, _settings.Shareable);
        if (page.Book is { } book && book.Record.Max != _settings.Shareable)
        {
            Tell(AgentNewsKind.Resized, count: _settings.Shareable, text: $"{book.Record.Max}");
        }

        SendOwn(RequestPurpose.Join, join);
    }

    void RefuseJoin(string why)
    {
        _nextJoin = Now + Between(0.5, 1, _settings.RenewInterval);
        if (!_isJoinRefused)
        {
            _isJoinRefused = true;
            Tell(AgentNewsKind.JoinRefused, text: why);
        }
    }

    /// <summary>Its record is not what the engine had acknowledged, or gone.</summary>
    void Lose(Entry<NodeRecord>? found)
    {
        var isOwn = found is null || found.Record.Client == _settings.ClientName;
        if (isOwn && !IsExpired && !_own!.Record.IsFenced)
        {
            // Nobody else may have taken it away yet: the engine has lost it, or what became of it.
            _mustReassert = true;
            _found = found;
        }
        else
        {
            Forget();
        }
    }

    /// <summary>Others have taken its grants, or will: it begins anew.</summary>
    void Forget()
    {
        _own = null;
        _renewed = null;
        _giving = null;
        _mustReassert = false;
        _mustClear = false;
        if (_fenced?.Record.Client == _settings.ClientName)
        {
            // What a fence has still to say of this node is of what it had before.
            (_fencing, _fenced) = (null, null);
        }

        _ceiling = int.MaxValue;
        _nextJoin = Now;
        Deadline.Expire();
        Tell(AgentNewsKind.WasFenced);
        CheckDeadline();
    }

    bool ActOnLeaving()
    {
        if (!_isLeaving)
        {
            return false;
        }

        if (HaveClosed(downTo: 0))
        {
            Go(RequestPurpose.Leave, other: null);
        }
        else if (Now >= _nextRenewal)
        {
            Renew();
        }

        return true;
    }

    /// <summary>Its record goes, and its grants are free: nothing is left that uses them.</summary>
    void Go(RequestPurpose purpose, Entry<NodeRecord>? other)
    {
        if (_book is { } book)
        {
            Send(purpose, Steps.Remove(_settings.Key, book, _own!), other: other);
        }
        else
        {
            LookAgain();
        }
    }

    void Left()
    {
        HasLeft = true;
        _own = null;
        Deadline.Expire();
        Limit();
    }
}
