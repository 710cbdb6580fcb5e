namespace ActorPool.Grants;

/// <summary>A budget that orders back what is above its cap, and tells those who watch it of every change.</summary>
sealed partial class BudgetActor
{
    /// <summary>More than any budget may have: no order.</summary>
    const int Unlimited = 1_000_000;

    readonly List<BudgetWatch> _watches = [];

    /// <summary>
    /// What is above the cap is ordered back from those who have most above their fair shares. An order lives until the next
    /// cap, which replaces it.
    /// </summary>
    /// <param name="mode">What becomes of leased connections; null: nothing is ordered, and earlier orders end.</param>
    void Recall(EvictMode? mode)
    {
        var totals = _shares.ConvertAll(static share => share.Held);
        var shares = FairShares.Of(_max, [.. _shares.Select(share => share.Wanted)], [.. totals]);
        for (var excess = mode is null ? 0 : _granted - _max; excess > 0; excess--)
        {
            var most = Enumerable.Range(0, totals.Count).Where(index => totals[index] > 0).MaxBy(index => totals[index] - shares[index]);
            totals[most]--;
        }

        for (var index = 0; index < totals.Count; index++)
        {
            var share = _shares[index];
            if (totals[index] < share.Held)
            {
                share.RecalledTo = totals[index];
                share.TellMember(new BudgetCall(BudgetCallKind.Recall, totals[index], mode!.Value));
            }
            else if (share.RecalledTo is not null)
            {
                share.RecalledTo = null;
                share.TellMember(new BudgetCall(BudgetCallKind.Recall, Unlimited));
            }
        }
    }

    void TellWatches()
    {
        foreach (var watch in _watches)
        {
            watch.Tell();
        }
    }
}
