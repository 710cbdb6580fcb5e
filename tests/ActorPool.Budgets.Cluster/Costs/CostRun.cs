using System.Diagnostics;
using System.Globalization;
using ActorPool.Budgets.Cluster.Nodes;
using ActorPool.Servers;

namespace ActorPool.Budgets.Cluster.Costs;

/// <summary>What an engine sees of many nodes: while nothing changes, and when a hundred of them want more at once.</summary>
/// <param name="isQuick">A hundred nodes with a lifetime of 2 s, instead of 10, 100 and 1,000 with the default of 10 s.</param>
sealed class CostRun(EngineKind engine, bool isQuick, TextWriter output)
{
    const int GrantsEach = 10;
    const int WantedEach = 5;
    const int WantedInBurst = 15;
    const int BurstMax = 100;
    const int Stores = 16;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly TimeSpan _measured = TimeSpan.FromSeconds(isQuick ? 4 : 10);

    public async Task<int> RunAsync()
    {
        await using var etcd = engine == EngineKind.Etcd ? await EtcdServer.StartAsync(members: 3) : null;
        await using var postgres = etcd is null ? await PostgresServer.StartAsync("max_connections=100") : null;
        var processes = new EngineProcesses(etcd is not null ? [.. etcd.Endpoints] : [string.Create(CultureInfo.InvariantCulture, $"port={postgres!.Port}")]);
        await using var stores = new SharedStores(
        [
            .. Enumerable.Range(0, Stores).Select(_ => etcd is not null
                ? (IGrantStore)new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = [.. etcd.Endpoints] })
                : new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = postgres!.ConnectionString })),
        ]);
        output.WriteLine($"{engine}; lifetime {Options("any", 1).Lifetime.TotalSeconds} s; per second, of all nodes together");
        output.WriteLine("| nodes | joined after | commits | of them refused | per node | engine's CPU | keys and values sent / received | p50 | p99 | burst: all have | commits | p99 |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var count in isQuick ? (int[])[100] : [10, 100, 1_000])
        {
            await MeasureAsync(count, stores, processes);
        }

        return 0;
    }

    ClusterBudgetOptions Options(string name, int nodes)
    {
        var options = new ClusterBudgetOptions { Name = name, NodeName = "node", Connections = nodes * GrantsEach };
        if (isQuick)
        {
            (options.Lifetime, options.Margin, options.ClosingTime) = (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(300));
        }

        return options;
    }

    async Task MeasureAsync(int count, SharedStores stores, EngineProcesses processes)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"cost-{count}");
        var started = Stopwatch.GetTimestamp();
        var budgets = Enumerable.Range(0, count).Select(node => new ClusterBudget(Options(name, count), stores.For(node))).ToList();
        try
        {
            await Task.WhenAll(budgets.Select(static budget => budget.WaitUntilJoinedAsync())).WaitAsync(Patience);
            var joined = Stopwatch.GetElapsedTime(started);
            var demands = budgets.ConvertAll(static budget => new Demand(budget));
            demands.ForEach(static demand => demand.Want(WantedEach));
            await UntilMetAsync(demands);

            // What they said of it has settled by then.
            await Task.Delay(Options(name, count).Lifetime / 2, TimeProvider.System);
            stores.Take();
            var (cpu, since) = (processes.Used(), Stopwatch.GetTimestamp());
            await Task.Delay(_measured, TimeProvider.System);
            var (seconds, used, steady) = (Stopwatch.GetElapsedTime(since).TotalSeconds, processes.Used() - cpu, stores.Take());

            var burst = Stopwatch.GetTimestamp();
            demands.Take(Math.Min(BurstMax, count / 2)).ToList().ForEach(static demand => demand.Want(WantedInBurst));
            await UntilMetAsync(demands);
            var (met, busy) = (Stopwatch.GetElapsedTime(burst), stores.Take());
            output.WriteLine(
                $"| {count} | {joined.TotalSeconds:0.0} s | {steady.Times.Count / seconds:0.0} | {steady.Refused / seconds:0.0} | {steady.Times.Count / seconds / count:0.00} | {used.TotalSeconds / seconds:0.0%}"
                + $" | {steady.Sent / seconds / 1000:0.0} / {steady.Received / seconds / 1000:0.0} kB | {steady.At(0.5):0.0} ms | {steady.At(0.99):0.0} ms"
                + $" | {met.TotalMilliseconds:0} ms | {busy.Times.Count} ({busy.Refused} refused, {busy.Failed} failed) | {busy.At(0.99):0.0} ms |");
        }
        finally
        {
            await Task.WhenAll(budgets.Select(static budget => budget.DisposeAsync().AsTask()));
        }
    }

    static async Task UntilMetAsync(List<Demand> demands)
    {
        var since = Stopwatch.GetTimestamp();
        while (!demands.TrueForAll(static demand => demand.IsMet))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"{demands.Count(static demand => !demand.IsMet)} of {demands.Count} nodes have not got what they want after {Patience.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
