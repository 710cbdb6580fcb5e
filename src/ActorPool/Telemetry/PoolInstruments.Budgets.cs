using System.Diagnostics.Metrics;

namespace ActorPool.Telemetry;

/// <summary>The metrics of budgets over many machines, each as this node knows it.</summary>
sealed partial class PoolInstruments
{
    void ObserveBudgets(Meter meter)
    {
        Gauge("connections", Connection, "The number of connections that all nodes may have.", static budget => budget.Connections);
        Gauge("free", Connection, "The number of grants that nobody holds.", static budget => budget.Free);
        Level("held", "The number of grants that this node holds.", static budget => budget.Held);
        Level("wanted", "The number of grants that this node's pools would like to have.", static budget => budget.Wanted);
        Level("used", "The number of connections that this node's pools have.", static budget => budget.Used);
        Count("renewals.acknowledged", "{renewal}", "The number of renewals that the engine has acknowledged.", static budget => budget.Renewals);
        Count("renewals.failed", "{renewal}", "The number of renewals that failed.", static budget => budget.RenewalsFailed);
        Count("fences", "{node}", "The number of silent nodes that this node has fenced off.", static budget => budget.Fences);
        Gauge("state", null, "How this node stands to the budget: 0 joining, 1 active, 2 late, 3 cut off, 4 closed.", static budget => (long)budget.State);
        meter.CreateObservableGauge(
            NameOf("deadline"),
            () => ReadBudgets<double>(static budget => (budget.DeadlineIn ?? TimeSpan.Zero).TotalSeconds),
            "s",
            "How long this node may use its grants without another renewal.");

        void Gauge(string name, string? unit, string description, Func<ClusterBudgetSnapshot, long?> read) =>
            meter.CreateObservableGauge(NameOf(name), () => ReadBudgets(read), unit, description);

        void Level(string name, string description, Func<ClusterBudgetSnapshot, long?> read) =>
            meter.CreateObservableUpDownCounter(NameOf(name), () => ReadBudgets(read), Connection, description);

        void Count(string name, string unit, string description, Func<ClusterBudgetSnapshot, long?> read) =>
            meter.CreateObservableCounter(NameOf(name), () => ReadBudgets(read), unit, description);

        static string NameOf(string name) => $"actorpool.budget.{name}";
    }

    /// <summary>One number of all budgets that has one; each budget once, whatever runtimes its pools are on.</summary>
    List<Measurement<TNumber>> ReadBudgets<TNumber>(Func<ClusterBudgetSnapshot, TNumber?> read)
        where TNumber : struct
    {
        var measurements = new List<Measurement<TNumber>>();
        foreach (var budget in Sources.SelectMany(static sources => sources.ClusterBudgets).Distinct())
        {
            var snapshot = budget.Snapshot(lookAtNodes: false);
            if (read(snapshot) is { } number)
            {
                measurements.Add(new(number, new(Words.BudgetName, snapshot.Name), new(Words.BudgetNode, snapshot.Node)));
            }
        }

        return measurements;
    }
}
