using System.Globalization;
using Npgsql;

namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>
/// One node as a process of its own: a budget, a pool, and load. Told by lines: <c>want 5</c>, <c>churn 5</c> (the same, with connections that are replaced all the
/// time), <c>look</c>, <c>leave</c>. The end of its input is an order to leave too. It says <c>hello</c> and what its connections call themselves, <c>status</c>,
/// <c>reached</c>, <c>closed</c> and a session's number at the server and when, <c>log</c>, <c>book</c>, <c>left</c>.
/// </summary>
static class NodeProgram
{
    // The others have gone on without it: whoever runs it starts another.
    const int ExitRemoved = 4;

    static readonly TimeSpan StatusPace = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(NodeSettings settings, TextReader commands, TextWriter console)
    {
        using var limit = new CancellationTokenSource(NodeSettings.LongestLife);
        using var over = limit.Token.Register(static () => Environment.Exit(3));
        var output = TextWriter.Synchronized(console);
        using var logs = new LineLogger(output);
        var runtime = new PoolRuntime { LoggerFactory = logs };
        await using var engine = settings.Connect(runtime);
        _ = engine.Ended.ContinueWith(static _ => Environment.Exit(ExitRemoved), TaskScheduler.Default);
        await using var budget = new ClusterBudget(settings.ToOptions(), engine.Store, engine.Fence, runtime);
        var server = new NpgsqlConnectionStringBuilder(settings.Server) { Pooling = false, ApplicationName = budget.ClientName, Timeout = 5, CommandTimeout = 5 };
        await using var pool = ConnectionPool.Create(
            Connector.Create<NpgsqlConnection>(async (_, cancellationToken) =>
            {
                var connection = new NpgsqlConnection(server.ConnectionString);
                try
                {
                    await connection.OpenAsync(cancellationToken);
                    return connection;
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }
            },
            close: async (connection, _) =>
            {
                var session = connection.ProcessID;
                await connection.DisposeAsync();
                output.WriteLine($"closed {session} {TimeProvider.System.GetUtcNow().UtcTicks}");
            }),
            new PoolOptions
            {
                Name = settings.Name,
                MaxSize = settings.Connections,
                AcquireTimeout = TimeSpan.FromMinutes(1),
                ReconnectBackoff = { Max = TimeSpan.FromMilliseconds(200) },
                DrainTimeout = TimeSpan.FromSeconds(2),
                Budget = budget,
            },
            runtime);
        output.WriteLine($"hello {budget.ClientName}");
        var load = new Workload(pool, output, new Random());
        using var ended = new CancellationTokenSource();
        var telling = TellAsync(pool, budget, engine, load, output, ended.Token);
        while (await commands.ReadLineAsync(CancellationToken.None) is { } line && line != "leave")
        {
            if (line == "look")
            {
                Describe(budget, output);
            }
            else
            {
                var words = line.Split(' ');
                load.Want(int.Parse(words[1], CultureInfo.InvariantCulture), isCalm: words[0] == "want");
            }
        }

        load.Want(0, isCalm: true);
        await pool.DrainAsync();
        await budget.DisposeAsync();
        await ended.CancelAsync();
        await telling;
        output.WriteLine("left");
        return 0;
    }

    static void Describe(ClusterBudget budget, TextWriter output)
    {
        var view = budget.Snapshot();
        var nodes = view.Nodes.Select(static node => $"{node.Name} {node.Held}/{node.Wanted}{(node.IsFenced ? " fenced" : "")}");
        output.WriteLine($"book {view}, {view.Free} free, renewed {view.RenewedAgo?.TotalMilliseconds:0} ms ago; {string.Join(", ", nodes)}; {view.LastError}");
    }

    // Not by the budget's picture: a node that is looked at reads the book more often than others do.
    static async Task TellAsync(ConnectionPool<NpgsqlConnection> pool, ClusterBudget budget, NodeEngine engine, Workload load, TextWriter output, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(StatusPace);
        try
        {
            do
            {
                var status = new NodeStatus(pool.Snapshot().Size, load.Busy, load.Queries, load.Failed, (int)budget.Deadline.Remaining.TotalMilliseconds, engine.IsKeeper());
                output.WriteLine($"status {status}");
            }
            while (await timer.WaitForNextTickAsync(ended));
        }
        catch (OperationCanceledException)
        {
            // It leaves.
        }
    }
}
