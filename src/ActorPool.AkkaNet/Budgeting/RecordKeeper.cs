using ActorPool.Budgets;
using ActorPool.Budgets.Engines;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>
/// One keeper, from its taking over until another does: it has the records, and acknowledges what a quorum of copies has stored while none of them
/// followed another keeper. Knows nothing of actors. One thing at a time.
/// </summary>
/// <remarks>
/// Why two keepers cannot both acknowledge: any two quorums have a copy in common. A keeper first has a quorum follow it, and reads records only after that.
/// If an older one's change was stored, and answered with the older one's mark, by a copy that both have asked, then that was before this copy
/// followed the new keeper, and so the new keeper reads the change; if it was later, the copy names the new keeper, and the older one acknowledges nothing.
/// The two phases are those of Paxos (L. Lamport, "Paxos Made Simple", 2001), with the keeper's mark as the ballot.
/// </remarks>
/// <param name="id">The keeper's own.</param>
/// <param name="copies">Those of all members.</param>
sealed class RecordKeeper(string id, ICopies copies)
{
    // Versions of a keeper are above those of all before it, however many those have given.
    const int VersionsOfKeeper = 32;

    readonly HashSet<string> _unconfirmed = new(StringComparer.Ordinal);
    readonly Dictionary<string, BudgetRecords> _sent = new(StringComparer.Ordinal);
    RecordTable _table = new("");

    /// <summary>Its mark, once it has taken over.</summary>
    public KeeperMark Mark { get; private set; } = KeeperMark.None;

    /// <summary>Has a quorum follow it.</summary>
    /// <exception cref="GrantStoreException">There is no quorum.</exception>
    /// <exception cref="SupersededException">Another has taken over at the same time.</exception>
    public async Task TakeOverAsync()
    {
        // Whoever is no member any more disturbs nobody: it is told so before it has marked anything.
        var seen = await copies.AskAsync(new CopyRequest()).ConfigureAwait(false);
        Mark = new KeeperMark(seen.Max(static answer => answer.Follows.Epoch) + 1, id);
        await AskAsync(new CopyRequest()).ConfigureAwait(false);
        _table = new RecordTable($"akka/{Mark}", Mark.Epoch << VersionsOfKeeper);
    }

    /// <summary>Carries transactions out, in this order.</summary>
    /// <returns>One answer for each, when all of them are safe.</returns>
    /// <exception cref="GrantStoreException">There is no quorum. Some may have been carried out all the same.</exception>
    /// <exception cref="SupersededException">Another keeper has taken over.</exception>
    public async Task<IReadOnlyList<GrantReply>> CommitAsync(IReadOnlyList<GrantTransaction> transactions)
    {
        copies.Check();
        foreach (var budget in transactions.Select(static transaction => transaction.Budget).Distinct(StringComparer.Ordinal))
        {
            await LoadAsync(budget).ConfigureAwait(false);
        }

        var replies = transactions.Select(Apply).ToList();
        await ConfirmAsync().ConfigureAwait(false);
        return replies;
    }

    /// <summary>Has a quorum of those who are members now store everything: what a member that is gone had, others may lack.</summary>
    public Task SpreadAsync()
    {
        _unconfirmed.UnionWith(_table.Budgets);
        return _unconfirmed.Count > 0 ? ConfirmAsync() : Task.CompletedTask;
    }

    GrantReply Apply(GrantTransaction transaction)
    {
        var reply = _table.Apply(transaction);
        if (reply.Version > 0)
        {
            _unconfirmed.Add(transaction.Budget);
        }

        return reply;
    }

    async Task LoadAsync(string budget)
    {
        if (_table.Knows(budget))
        {
            return;
        }

        var answers = await AskAsync(new CopyRequest { Load = budget }).ConfigureAwait(false);
        var loaded = answers.Select(static answer => answer.Loaded).OfType<BudgetRecords>().Aggregate(default(BudgetRecords), static (left, right) => left?.Merge(right) ?? right);
        if (loaded is not null && loaded.By.Epoch >= Mark.Epoch)
        {
            // One that took over at the same time has given versions of this epoch: a higher one is needed.
            throw new SupersededException(Mark, loaded.By);
        }

        _table.Load(budget, loaded is null ? [] : RecordPacking.Unpack(loaded.Packed));
        if (loaded is not null)
        {
            _sent[budget] = loaded;

            // A copy that was not asked may still have something later than this, and a keeper after this one read that.
            _unconfirmed.Add(budget);
        }
    }

    /// <summary>A quorum stores what has changed since it last did, and follows nobody else. Reads need the second alone.</summary>
    async Task ConfirmAsync()
    {
        var stored = _unconfirmed.Select(Pack).ToList();
        var requests = stored.Count == 0 ? [new CopyRequest()] : stored.Select(static records => new CopyRequest { Store = records });
        await Task.WhenAll(requests.Select(AskAsync)).ConfigureAwait(false);
        _unconfirmed.Clear();
    }

    BudgetRecords Pack(string budget)
    {
        var packed = RecordPacking.Pack(_table.Of(budget));
        if (packed.Length > copies.PackedMax)
        {
            // Nothing of it has been sent: the budget is as it was.
            _table.Load(budget, _sent.TryGetValue(budget, out var before) ? RecordPacking.Unpack(before.Packed) : []);
            throw KeeperErrors.TooLarge(budget, packed.Length, copies.PackedMax);
        }

        return _sent[budget] = new BudgetRecords(budget, Mark, _table.Version, packed);
    }

    /// <summary>A quorum does it, and follows this keeper.</summary>
    async Task<IReadOnlyList<CopyAnswer>> AskAsync(CopyRequest request)
    {
        var answers = await copies.AskAsync(request with { Keeper = Mark }).ConfigureAwait(false);
        return answers.FirstOrDefault(answer => answer.Follows != Mark) is { } other ? throw new SupersededException(Mark, other.Follows) : answers;
    }
}
