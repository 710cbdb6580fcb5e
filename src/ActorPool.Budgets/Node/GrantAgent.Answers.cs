using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>What the engine answers, and what is learned of it.</summary>
sealed partial class GrantAgent
{
    static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ConflictPause = TimeSpan.FromMilliseconds(5);

    /// <summary>The engine has answered.</summary>
    public void Replied(long id, GrantReply reply)
    {
        if (_pending is not { } request || request.Id != id)
        {
            // Given up, and counted as failed.
            return;
        }

        _pending = null;
        if (!BookPage.TryRead(reply, out var page, out var unreadable))
        {
            Tell(AgentNewsKind.Unreadable, text: unreadable);
            Failed(request, $"the record '{unreadable}' cannot be read");
            return;
        }

        Answered();
        Learn(page);
        if (!reply.IsCommitted)
        {
            Collided();
            FindOwn(page);
        }
        else
        {
            _conflicts = request.Purpose is RequestPurpose.Look or RequestPurpose.LookAtAll ? _conflicts : 0;
            Committed(request, reply, page);
        }

        Look();
    }

    /// <summary>The engine has not answered, or with an error. The transaction may have been carried out all the same, or will be.</summary>
    public void Failed(long id, string error)
    {
        if (_pending is { } request && request.Id == id)
        {
            _pending = null;
            Failed(request, error);
            Look();
        }
    }

    void Failed(PendingRequest request, string error)
    {
        _failures++;
        LastError = error;
        var longest = Min(_settings.RenewInterval, LongestBackoff);
        _nextRequest = Now + Between(0.5, 1, Min(longest, FirstBackoff * Math.Pow(2, Math.Min(_failures - 1, 10))));
        if (_own is not null)
        {
            RenewalsFailed++;
            Tell(AgentNewsKind.RenewalFailed, count: _failures, text: error);
        }

        if (request.Own is { } own && _own is not null)
        {
            // It may still be carried out: what it gives back is not used again before a later write has made it impossible.
            _ceiling = Math.Min(_ceiling, own.Held);
        }

        _giving = null;
        _mayHaveChanged = true;
        Limit();
    }

    /// <summary>
    /// Others were faster. The first time the answer shows what there is now; after that there are many who want the same, and who waits
    /// for a while and looks again just before has better prospects (exponential backoff with full jitter).
    /// </summary>
    void Collided()
    {
        if (_conflicts++ > 0)
        {
            // Who has grants must not be late with a renewal for it.
            var longest = _own is null ? _settings.RenewInterval * 2 : _settings.RenewInterval / 4;
            _nextRequest = Now + Between(0, 1, Min(longest, ConflictPause * Math.Pow(2, Math.Min(_conflicts, 12))));
            _mustLook = true;
        }
    }

    void Answered()
    {
        if (_failures > 0 && _own is not null)
        {
            Tell(AgentNewsKind.Renewed, count: _failures);
        }

        _failures = 0;
        LastError = null;
    }

    void Committed(PendingRequest request, GrantReply reply, BookPage page)
    {
        if (request.Own is { } own)
        {
            if (HasMissedLosses)
            {
                Forget();
                return;
            }

            OwnWritten(new Entry<NodeRecord>(_settings.Key, own, reply.Version), request);
        }
        else if (request is { Purpose: RequestPurpose.Leave })
        {
            Left();
            return;
        }
        else if (request is { Purpose: RequestPurpose.Reclaim, Other: { } gone } && gone.Key == _settings.Key)
        {
            Forget();
            return;
        }

        FindOwn(page);
        switch (request.Purpose)
        {
            case RequestPurpose.Look when _own is null:
                SeeBook(page);
                break;
            case RequestPurpose.LookAtAll:
                SeeAll(page);
                break;
            case RequestPurpose.Fence:
                Fences++;
                Tell(AgentNewsKind.Fenced, request.Other!.Record.Name, request.Other.Record.Held);
                break;
            case RequestPurpose.Reclaim:
                _observed.Remove(request.Other!.Key);
                Tell(AgentNewsKind.Reclaimed, request.Other.Record.Name, request.Other.Record.Held);
                break;
            case RequestPurpose.Ask:
                _nextAsk = Now + AskAgainAfter;
                break;
            case RequestPurpose.Take:
                // Somebody has answered, and may have said by now that he has more to spare.
                _nextAsk = Min(_nextAsk, Now);
                break;
            case RequestPurpose.Settle:
                Tell(AgentNewsKind.Reconciled, count: _book?.Record.Free ?? 0);
                break;
            default:
                break;
        }
    }

    /// <summary>The engine has the node's record as it was sent: the node lives on, from before it was sent.</summary>
    void OwnWritten(Entry<NodeRecord> own, PendingRequest request)
    {
        var hasJoined = _renewed is null;
        LimitToCertain();
        _own = own;
        _beatSeen = own.Record.Beat;
        if (own.Record.Held <= _ceiling || !MayHaveLost)
        {
            _epochAcknowledged = _epochSeen;
            _ceiling = int.MaxValue;
        }

        _renewed = request.Sent;
        _nextRenewal = Now + Between(0.9, 1.1, _settings.RenewInterval) - request.Sent.Elapsed(_time);
        Renewals++;
        _mustReassert = false;
        if (_giving is { } giving && own.Record.Held + Floor <= giving.Target)
        {
            _giving = null;
        }

        if (hasJoined)
        {
            Tell(AgentNewsKind.Joined, count: _settings.Shareable);
        }

        Extend();
    }

    /// <summary>The book and the others, as the engine has them now.</summary>
    void Learn(BookPage page)
    {
        _nextPoll = Now + _settings.PollInterval;
        _incarnation = page.Incarnation;
        NoteEngine(page);
        if (page.Book is { Record.Free: > 0 } && _book is { Record.Free: <= 0 })
        {
            _nextTake = Min(_nextTake, Now);
        }

        _book = page.Book;
        Observe(page);
    }

    /// <summary>Looks whether the node's own record is as it should be.</summary>
    void FindOwn(BookPage page)
    {
        if (_own is not null)
        {
            Adopt(page.Node(_settings.Key));
        }
    }

    /// <summary>Whether it was away for longer than its deadline: others may have taken its grants, and the engine may have forgotten that they did.</summary>
    bool HasMissedLosses => _renewed is not null && IsExpired && !_isLeaving && MayHaveLost;

    /// <summary>Whether the engine has lost writes since it last acknowledged what the node holds.</summary>
    bool MayHaveLost => _mustReconcile || _epochSeen != _epochAcknowledged;

    /// <summary>
    /// An engine that has lost writes calls grants free that others hold, and gives them to who has not heard of it yet. What a node has got in this way,
    /// it does not use, and gives back with what it asserts.
    /// </summary>
    void LimitToCertain()
    {
        if (MayHaveLost)
        {
            _ceiling = Math.Min(_ceiling, _own?.Record.Held ?? 0);
        }
    }

    void Adopt(Entry<NodeRecord>? found)
    {
        LimitToCertain();
        if (found is null || found.Record.Client != _settings.ClientName || (found.Record.Beat < _beatSeen && !found.Record.IsFenced))
        {
            Lose(found);
        }
        else if (HasMissedLosses)
        {
            Forget();
        }
        else if (_ceiling < found.Record.Held && _epochSeen != _epochAcknowledged)
        {
            // What it has tried to give back, or has got since, others may have been given, before the engine forgot it.
            _mustReassert = true;
            _found = found;
            Limit();
        }
        else
        {
            _own = found;
            _beatSeen = Math.Max(_beatSeen, found.Record.Beat);
            _mustReassert = false;
            TakeFloor();
            Limit();
        }
    }
}
