using Microsoft.Extensions.Logging;

namespace ActorPool.Dashboard.Live;

/// <summary>Looks at budgets over many machines, and remembers their rows. For the sampler's loop alone.</summary>
sealed class BudgetSampler(ILogger logger)
{
    readonly Dictionary<IClusterBudget, PoolRow> _rows = [];
    readonly HashSet<IClusterBudget> _blind = [];

    /// <summary>A row for each; those that say what they said before are the same objects.</summary>
    public PoolRow[] Look(IEnumerable<IClusterBudget> budgets, long version, RowBuffer buffer)
    {
        var there = budgets.ToList();
        foreach (var gone in _rows.Keys.Except(there).ToList())
        {
            _rows.Remove(gone);
            _blind.Remove(gone);
        }

        return [.. there.Select(budget => _rows[budget] = Look(budget, _rows.GetValueOrDefault(budget), version, buffer))];
    }

    PoolRow Look(IClusterBudget budget, PoolRow? before, long version, RowBuffer buffer)
    {
        try
        {
            BudgetRow.WriteMembers(buffer.Begin(), budget.Snapshot());
        }
#pragma warning disable CA1031 // a budget of the application's own may throw; that must not take the pools from the page
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (_blind.Add(budget))
            {
                DashboardLog.BudgetNotShown(logger, error, budget.Name);
            }

            BudgetRow.WriteBlind(buffer.Begin(), budget.Name, error);
        }

        return buffer.End(before, version);
    }
}
