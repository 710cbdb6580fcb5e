using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>
/// An engine that has lost writes: whoever holds grants says so, or finds its deadline passed, before any are granted again.
/// </summary>
sealed partial class GrantAgent
{
    long _revisionSeen;
    int _epochSeen;

    // Of the last write of the node's own record that was acknowledged.
    int _epochAcknowledged;

    bool _mustReconcile;

    // The node's record has to be written as it was: what was found in its place.
    bool _mustReassert;
    Entry<NodeRecord>? _found;

    // Which epoch's end is waited for, and since when.
    int _reconcilingEpoch;
    TimeSpan _reconcilingSince;
    TimeSpan _settleJitter;

    // The epoch whose strangers the fence has ended, the one it is trying, and how many nodes were known then.
    int _epochConfirmed;
    int _epochAtFence;
    int _knownAtFence;

    bool IsReconciling => _book is { Record.IsReconciling: true };

    /// <summary>What the node's record should be, whatever the engine has in its place.</summary>
    NodeRecord Asserted => _own!.Record with { Beat = _lastBeat + 1, Held = MayHave - Floor, Wanted = Wanted, Asks = [] };

    /// <summary>Compares the engine with what is known of it.</summary>
    void NoteEngine(BookPage page)
    {
        var hasLost = page.Revision < _revisionSeen;
        _revisionSeen = page.Revision;
        if (page.Book is not { Record: var book })
        {
            return;
        }

        if (hasLost)
        {
            _reconcilingEpoch = 0;
        }

        if ((hasLost && !(book.IsReconciling && book.Epoch > _epochSeen)) || book.Incarnation != page.Incarnation)
        {
            _mustReconcile = true;
        }
        else if (book.IsReconciling && book.Epoch > _epochSeen)
        {
            // Somebody else has said so.
            _mustReconcile = false;
        }

        if (book.IsReconciling && book.Epoch != _reconcilingEpoch)
        {
            _reconcilingEpoch = book.Epoch;
            _reconcilingSince = Now;
            _settleJitter = Between(0, 1, _settings.RenewInterval);
            Tell(AgentNewsKind.Reconciling, text: book.IsNew ? "the book is new" : $"epoch {book.Epoch}, {page.Incarnation}");
        }
        else if (!book.IsReconciling)
        {
            _reconcilingEpoch = 0;
        }

        _epochSeen = Math.Max(_epochSeen, book.Epoch);
    }

    /// <summary>Says what the engine has lost.</summary>
    bool ActOnLosses()
    {
        if (_own is { Record.IsFenced: true })
        {
            return ActOnFenced();
        }

        return ActOnEngine() || ActOnOwnLoss();
    }

    bool ActOnEngine()
    {
        if (!_mustReconcile || _book is not { } book)
        {
            return false;
        }

        Send(RequestPurpose.Reconcile, Steps.Reconcile(_settings.Key, book, _epochSeen));
        return true;
    }

    bool ActOnOwnLoss()
    {
        if (!_mustReassert && _book is not null)
        {
            return false;
        }

        if (_mustReassert && (IsExpired || _isCutOff))
        {
            // Whoever was told to forget it may have given its grants away.
            Forget();
            LookAtAll();
        }
        else if (_book is { } book)
        {
            SendOwn(RequestPurpose.Reassert, Steps.Reassert(book, _found, _settings.Key, Asserted));
        }
        else
        {
            // To make one from what all have.
            LookAtAll();
        }

        return true;
    }

    /// <summary>The book is gone: makes one from what all have.</summary>
    void MakeBook(BookPage page)
    {
        if (IsExpired)
        {
            Forget();
            return;
        }

        var others = page.Nodes.Where(node => node.Key != _settings.Key).ToList();
        SendOwn(RequestPurpose.Reassert, Steps.MakeBook(page.Node(_settings.Key), _settings.Key, Asserted, others, _settings.Shareable, _epochSeen));
    }

    /// <summary>Others have fenced this node off: as soon as nothing of it is left, it gives its grants back itself, and joins again.</summary>
    bool ActOnFenced()
    {
        if (HaveClosed(Floor))
        {
            Go(RequestPurpose.Reclaim, _own);
        }
        else if (Now >= _nextRenewal)
        {
            _nextRenewal = Now + _settings.RenewInterval;
            LookAgain();
        }

        return true;
    }

    /// <summary>Ends the time in which nothing is granted, after all have had theirs, and after connections are gone of whom nobody knows.</summary>
    bool ActOnOthersConnections()
    {
        if (_mustReconcile || _own is null || _book is not { Record: { IsReconciling: true } record } book || _reconcilingEpoch != record.Epoch)
        {
            return false;
        }

        var since = Now - _reconcilingSince;
        if (since < SilenceMax + _settleJitter)
        {
            return false;
        }

        if ((record.IsNew && !_settings.HasFence) || _epochConfirmed == record.Epoch || (!_settings.HasFence && since >= SilenceMax + _settings.FreezeQuarantine))
        {
            Send(RequestPurpose.Settle, Steps.Settle(_settings.Key, book));
            return true;
        }

        if (_settings.HasFence && MayAskFence)
        {
            _fencesStrangers = true;
            LookAtAll();
            return true;
        }

        return false;
    }

    void FenceStrangers(BookPage page)
    {
        if (_fencing is null && IsReconciling)
        {
            string[] known = [.. page.Nodes.Select(static node => node.Record.Client)];
            (_fencing, _fenced, _epochAtFence, _knownAtFence) = (++_lastId, null, _reconcilingEpoch, known.Length);
            _effects.Enqueue(new AgentEffect.FenceOthers(_lastId, known));
        }
    }
}
