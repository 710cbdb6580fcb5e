using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>Grants go to where they are wanted.</summary>
sealed partial class GrantAgent
{
    // Who was asked and has not answered is asked again after that.
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    // A node that lacks grants reads all records no more often than this, for each of them.
    static readonly TimeSpan PerNode = TimeSpan.FromMilliseconds(10);

    readonly RecentMax _settledWanted;
    readonly RecentMax _recentUse;
    int _used;
    int _wantedNow;
    Giving? _giving;
    TimeSpan _nextTake;
    TimeSpan _nextAsk;

    /// <summary>What the pools want, without what they wanted for a moment less: what is not wanted for a moment is not given away.</summary>
    int Wanted => Math.Max(0, _settledWanted.At(Now) - Floor);

    /// <summary>What the pools lack at this moment.</summary>
    int Lacks => _isCutOff || _mustClear ? 0 : Math.Max(0, _wantedNow - MayHave);

    /// <summary>Whether others should know soon that this node wants much more or much less.</summary>
    bool ShouldTellWishes
    {
        get
        {
            var told = _own!.Record;
            return Math.Abs(Wanted - told.Wanted) > told.Held / 8;
        }
    }

    /// <summary>When the next may be told, if it changes all the time.</summary>
    TimeSpan NextWishes => _nextRenewal - _settings.RenewInterval + Max(_settings.SettleTime, _settings.RenewInterval / 4);

    /// <summary>The pools have changed.</summary>
    /// <param name="limits">How many <see cref="AgentEffect.Limit"/>s have reached them: two with the same number are two.</param>
    /// <param name="used">How many connections they have, or may be about to open.</param>
    /// <param name="wanted">How many they would like to have.</param>
    public void Used(long limits, int used, int wanted)
    {
        (_limitsHeard, _used, _wantedNow) = (limits, used, wanted);
        _settledWanted.Set(wanted, Now);
        _recentUse.Set(Math.Max(used, wanted), Now);
        Look();
    }

    /// <summary>Gives back what others ask for, or what nobody here has used for a while.</summary>
    bool ActOnGiving()
    {
        if (_isCutOff || _mustClear)
        {
            return false;
        }

        if (_giving is null)
        {
            BeginGiving();
        }

        if (_giving is not { } giving)
        {
            return false;
        }

        if (HaveClosed(giving.Target))
        {
            return GiveBack(giving);
        }

        if (Now - giving.Since >= _settings.PollInterval)
        {
            // Some are still in use: what is not, goes.
            var target = Math.Clamp(_used, giving.Target, MayHave);
            _giving = target < MayHave ? new Giving(target, IsOrder: false, Now) : null;
            if (_giving is null)
            {
                _nextRenewal = Now;
            }

            Limit();
        }

        return false;
    }

    void BeginGiving()
    {
        var asks = _own!.Record.Asks;
        var unused = Math.Max(0, MayHave - Math.Max(_settledWanted.At(Now), Floor));
        if (asks.Length > 0)
        {
            var asked = asks.Sum(static ask => ask.Count);
            var spare = Math.Max(unused, MayHave - Floor - asks.Max(static ask => ask.Keep));
            Give(Math.Min(asked, spare), isOrder: asked > unused);
        }
        else if (_book is { Record: { IsReconciling: false, Free: < 0 } book })
        {
            // The budget was lowered.
            var above = Math.Max(unused, MayHave - Floor - book.Base);
            Give(Math.Min(above, -book.Free), isOrder: true);
        }
        else
        {
            Give(MayHave - Math.Max(_recentUse.At(Now), Floor), isOrder: false);
        }
    }

    void Give(int count, bool isOrder)
    {
        if (count > 0)
        {
            _giving = new Giving(MayHave - count, isOrder, Now);
            Limit();
        }
    }

    bool GiveBack(Giving giving)
    {
        var count = MayHave - giving.Target;
        if (_book is not { } book)
        {
            LookAgain();
        }
        else if (_ceiling < _own!.Record.Held)
        {
            // First it must be certain what was given back before.
            Renew();
        }
        else
        {
            SendOwn(RequestPurpose.Renew, Steps.GiveBack(book, _own, Wanted, count));
        }

        return true;
    }

    bool ActOnLack()
    {
        if (Lacks == 0 || _giving is not null || Now < _nextTake)
        {
            return false;
        }

        if (_ceiling < _own!.Record.Held)
        {
            // What it has already will do, as soon as that is certain.
            Renew();
            return true;
        }

        var book = _book?.Record;
        _nextTake = Now + _settings.PollInterval;
        if (book is { IsReconciling: false } && book.Free >= 2 * Lacks)
        {
            SendOwn(RequestPurpose.Take, Steps.Take(_book!, _own, Wanted, Lacks));
        }
        else if (book is { IsReconciling: false } && (book.Free > 0 || Now >= _nextAsk))
        {
            LookAtAll();
        }
        else
        {
            LookAgain();
        }

        return true;
    }

    /// <summary>All records were read: takes what is free, as far as it is this node's share, or asks for it.</summary>
    void ShareOut(BookPage page)
    {
        if (Lacks == 0 || _giving is not null || _isCutOff || _isLeaving || _own is not { Record.IsFenced: false } own || page.Book is not { Record.IsReconciling: false } book)
        {
            return;
        }

        NodeRecord[] nodes = [.. page.Nodes.Select(node => node.Key == _settings.Key ? node.Record with { Wanted = Math.Max(0, _wantedNow - Floor) } : node.Record)];
        var shares = GrantShares.Of(book.Record.Max, nodes);
        var place = page.Nodes.TakeWhile(node => node.Key != _settings.Key).Count();
        if (place == nodes.Length)
        {
            return;
        }

        var share = shares[place];
        var due = Math.Min(Lacks, share - own.Record.Held);
        var take = Math.Min(book.Record.Free, book.Record.Free >= nodes.Sum(static node => node.Lacks) ? Lacks : due);
        if (take > 0)
        {
            SendOwn(RequestPurpose.Take, Steps.Take(book, own, Wanted, take));
            return;
        }

        if (due > 0 && Now >= _nextAsk)
        {
            Ask(page, shares, due, isPoor: own.Record.Held + Slack(book.Record.Base) <= Math.Min(book.Record.Base, _wantedNow - Floor));
        }

        // Who was asked has a while to answer; who had nothing to spare may have by the next look.
        var pause = Max(_settings.PollInterval, PerNode * nodes.Length);
        _nextAsk = Max(_nextAsk, Now + pause);
        _nextTake = Max(_nextTake, Now + pause);
    }

    /// <summary>Asks those who have most above their shares, as many as fit into a request: who is left is asked when these have given.</summary>
    /// <param name="page">All nodes.</param>
    /// <param name="shares">Their shares.</param>
    /// <param name="count">How many grants to ask for.</param>
    /// <param name="isPoor">Whether the others are to part also with some that they use.</param>
    void Ask(BookPage page, int[] shares, int count, bool isPoor)
    {
        var asks = new List<(Entry<NodeRecord> Of, GrantAsk Ask)>();
        foreach (var (node, share) in page.Nodes.Zip(shares).OrderByDescending(static item => item.First.Record.Held - item.Second))
        {
            var above = isPoor ? node.Record.Held - share : Math.Min(node.Record.Unused, node.Record.Held - share);
            if (count > 0 && asks.Count < GrantBook.AskedNodesMax && above > 0 && node.Key != _settings.Key && !node.Record.IsFenced && !IsSilent(node))
            {
                var asked = Math.Min(count, above);
                count -= asked;
                asks.Add((node, new GrantAsk(_settings.Key, asked, isPoor ? page.Book!.Record.Base : int.MaxValue)));
            }
        }

        if (asks.Count > 0)
        {
            SendOwn(RequestPurpose.Ask, Steps.Ask(_own!, Wanted, asks));
        }
    }

    // What is in use moves only for more than this: even load must not send grants to and fro.
    static int Slack(int equalShare) => 1 + (equalShare / 8);

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
