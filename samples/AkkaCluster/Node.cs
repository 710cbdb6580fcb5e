using System.Text.Json;
using ActorPool;
using ActorPool.AkkaNet;
using ActorPool.Budgets;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaClusterSample;

/// <summary>A process of the service. It is told by lines on its standard input what to do, and ends with it.</summary>
sealed class Node(string name, int port, string[] roles, string[] seeds, string? database)
{
    const string Reports = "reports";
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    readonly Stack<CancellationTokenSource> _workers = new();
    int _busy;
    string? _report;
    int _nodes;

    public async Task RunAsync()
    {
        using var host = Build();
        await host.StartAsync();
        using var end = new CancellationTokenSource();
        var pool = host.Services.GetRequiredKeyedService<IConnectionPool<Connection>>("orders");
        var budget = host.Services.GetRequiredKeyedService<ClusterBudget>("orders");
        var telling = TellAsync(pool, budget, end.Token);
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            await DoAsync(line.Split(' '), host.Services.GetRequiredService<ActorSystem>(), pool);
        }

        await end.CancelAsync();
        Want(0, pool);
        await telling;
        await host.StopAsync();
    }

    /// <summary>All that is needed for the rest: a cluster, a budget that it keeps itself, pools, and what this node does for others.</summary>
    IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka("shop", akka => akka
            .AddHocon("akka { loglevel = ERROR, stdout-loglevel = OFF, actorpool.cluster.quorum-size = 2 }", HoconAddMode.Prepend)
            .WithRemoting("127.0.0.1", port)
            .WithClustering(new ClusterOptions { Roles = roles, SeedNodes = seeds, SplitBrainResolver = new StaticQuorumOption { QuorumSize = 2 } })
            .WithActorPool()
            .WithActorPoolBudget()
            .WithActorPoolCluster(cluster =>
            {
                if (roles.Contains(Reports))
                {
                    cluster.HandleUse<Connection, string, string>(
                        Reports, "latest", async (connection, asker, stop) => $"{name} answers {asker} from {await connection.WhoAsync(stop)}");
                }
            }));
        builder.Services.AddActorPool(pools =>
        {
            pools.Add("orders", _ => Connector(), options => options.MaxSize = Program.Connections).UseBudget("orders");
            if (roles.Contains(Reports))
            {
                pools.Add(Reports, _ => Connector(), options => options.MaxSize = 1);
            }
        });
        builder.Services.AddActorPoolBudget(budgets => budgets.Add(
            "orders",
            budget =>
            {
                budget.Connections = Program.Connections;
                budget.NodeName = name;
                budget.Lifetime = TimeSpan.FromSeconds(4);
                budget.Margin = TimeSpan.FromSeconds(1);
                budget.ClosingTime = TimeSpan.FromMilliseconds(500);
            },
            store: static services => new AkkaGrantStore(services.GetRequiredService<ActorSystem>())));
        return builder.Build();
    }

    IConnector<Connection> Connector() => ActorPool.Connector.Create<Connection>(
        open: (_, stop) => Connection.OpenAsync(database, stop), close: static (connection, _) => connection.DisposeAsync());

    async Task DoAsync(string[] words, ActorSystem system, IConnectionPool<Connection> pool)
    {
        switch (words)
        {
            case ["want", var workers]:
                Want(int.Parse(workers, System.Globalization.CultureInfo.InvariantCulture), pool);
                break;
            case ["report"]:
                try
                {
                    _report = await ActorPoolCluster.For(system).UseAsync<string>(new UseLease(Reports, "latest", name) { Role = Reports, TimeLimit = TimeSpan.FromSeconds(10) });
                }
                catch (UseFailedException failed)
                {
                    _report = failed.Failure.ToString();
                }

                break;
            case ["look"]:
                var picture = await ActorPoolCluster.For(system).SnapshotAsync();
                _nodes = picture.Nodes.Count(static node => node.Pools.Any(static one => one.Name == "orders"));
                break;
        }
    }

    /// <summary>From now on so many workers, each of which wants a connection nearly all the time.</summary>
    void Want(int workers, IConnectionPool<Connection> pool)
    {
        while (_workers.Count < workers)
        {
            var stop = new CancellationTokenSource();
            _workers.Push(stop);
            _ = WorkAsync(pool, stop.Token);
        }

        while (_workers.Count > workers)
        {
            _workers.Pop().Cancel();
        }
    }

    async Task WorkAsync(IConnectionPool<Connection> pool, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var lease = await pool.AcquireAsync(TimeSpan.FromMinutes(1), stop);
                Interlocked.Increment(ref _busy);
                try
                {
                    await Task.Delay(50, stop);
                }
                finally
                {
                    Interlocked.Decrement(ref _busy);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or PoolException)
            {
                // Cancelled, or to be tried again after a while.
                await Task.Delay(Pace, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task TellAsync(IConnectionPool<Connection> pool, ClusterBudget budget, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var view = budget.Snapshot();
            Console.WriteLine(JsonSerializer.Serialize(
                new NodeStatus(view.State.ToString(), _workers.Count, Volatile.Read(ref _busy), view.Held, pool.Overview().Size, _report, _nodes)));
            await Task.Delay(Pace, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
