using System.CommandLine;
using ActorPool.Budgets.Cluster.Costs;
using ActorPool.Budgets.Cluster.Nodes;
using ActorPool.Budgets.Cluster.Runs;
using Xunit;

namespace ActorPool.Budgets.Cluster;

/// <summary>Nodes as processes of their own, a real server and a real engine. <c>node</c> is what <c>run</c> starts.</summary>
static class CommandLine
{
    // What is interrupted has so long to take away what it has made.
    static readonly TimeSpan TidyTime = TimeSpan.FromSeconds(10);

    /// <param name="args">What the program was started with.</param>
    /// <param name="own">An engine that the nodes are themselves; null: there is none.</param>
    /// <param name="others">Commands that such a program brings too.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, OwnEngine? own = null, params Command[] others)
    {
        OwnEngine.Current = own;
        var name = new Option<string>("--name") { Required = true };
        var budget = new Option<string>("--budget") { Required = true };
        var at = new Option<string>("--at") { Required = true };
        var server = new Option<string>("--server") { Required = true };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 20, Description = "The budget." };
        var engine = new Option<EngineKind>("--engine")
        {
            DefaultValueFactory = _ => own is null ? EngineKind.Postgres : EngineKind.Nodes,
            Description = "Where the book is kept: a PostgreSQL of its own, the same one whose connections are counted, three members of an etcd, or the nodes themselves, if they can.",
        };
        engine.Validators.Add(result =>
        {
            if (own is null && result.GetValueOrDefault<EngineKind>() == EngineKind.Nodes)
            {
                result.AddError("--engine nodes needs a program that brings such an engine.");
            }
        });
        var fence = new Option<bool>("--fence") { DefaultValueFactory = _ => true, Description = "Whether silent nodes' sessions are ended; if not, a quarantine of 4 s is waited for." };
        var (seed, seconds, strict) = (Seed(), Seconds(), Strict());

        var node = new Command("node", "One node; told by lines of its input.") { name, budget, connections, engine, at, server, fence };
        node.Hidden = true;
        node.SetAction(result => NodeProgram.RunAsync(
            new NodeSettings
            {
                Name = result.GetValue(name)!,
                Budget = result.GetValue(budget)!,
                Connections = result.GetValue(connections),
                Engine = result.GetValue(engine),
                At = result.GetValue(at)!,
                Server = result.GetValue(server)!,
                HasFence = result.GetValue(fence),
            },
            Console.In,
            Console.Out));

        var run = new Command("run", "Five nodes, and what goes wrong with them; connections are counted at the server.") { engine, seed, seconds, connections, fence, strict };
        run.SetAction(result => new ClusterRun(
            new RunSettings(
                result.GetValue(engine),
                result.GetValue(seed),
                TimeSpan.FromSeconds(result.GetValue(seconds)),
                result.GetValue(fence),
                result.GetValue(connections),
                result.GetValue(strict)),
            Console.Out).RunAsync());

        var quick = new Option<bool>("--quick") { Description = "A hundred nodes with a short lifetime: a quarter of a minute." };
        var cost = new Command("cost", "What an engine sees of 10, 100 and 1,000 nodes.") { engine, quick };
        cost.SetAction(result => new CostRun(result.GetValue(engine), result.GetValue(quick), Console.Out).RunAsync());

        var root = new RootCommand("One budget over many machines, on real processes.") { run, cost, node };
        foreach (var other in others)
        {
            root.Add(other);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message);
            return 2;
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            if (others.Contains(parsed.CommandResult.Command))
            {
                invocation.ProcessTerminationTimeout = TidyTime;
            }

            return await parsed.InvokeAsync(invocation);
        }
        catch (SkipException missing)
        {
            Console.Error.WriteLine($"Left out: {missing.Message}");
            return 0;
        }
    }

    public static Option<int> Seed() => new("--seed")
    {
        DefaultValueFactory = _ => Random.Shared.Next(100_000),
        Description = "Of the order of things, and of who is hit. [default: random]",
    };

    public static Option<int> Seconds()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 30, Description = "How long things go on, 1 to 3600; every fault comes once at least." };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3600)
            {
                result.AddError("--seconds must be 1 to 3600.");
            }
        });
        return seconds;
    }

    public static Option<bool> Strict() => new("--strict") { Description = "Exits with 1 if a claim is broken." };
}
