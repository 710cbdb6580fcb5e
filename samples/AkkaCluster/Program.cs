using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AkkaClusterSample;
using ClusterSample;

var postgres = new Option<string?>("--postgres") { Description = "A PostgreSQL that runs, for the connections; a connection string.", HelpName = "connection string" };
var seconds = new Option<int>("--seconds") { Description = "How long each part lasts, 1 to 600.", DefaultValueFactory = _ => 5 };
var check = new Option<bool>("--check") { Description = "Short, and exits with 1 unless the shares followed, the budget held, and another node's connection was used." };
var node = new Option<string?>("--node") { Hidden = true };
var port = new Option<int>("--port") { Hidden = true };
var roles = new Option<string>("--roles") { Hidden = true, DefaultValueFactory = _ => "" };
var seeds = new Option<string>("--seeds") { Hidden = true, DefaultValueFactory = _ => "" };
seconds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 600)
    {
        result.AddError("--seconds takes a whole number from 1 to 600.");
    }
});
var command = new RootCommand("Three processes form a cluster and share one budget, which it keeps itself; load moves, and the shares follow.") { postgres, seconds, check, node, port, roles, seeds };
var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"AkkaCluster: {parsed.Errors[0].Message}");
    return 2;
}

if (parsed.Action is not null)
{
    // --help, --version
    return await parsed.InvokeAsync();
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndEarly);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndEarly);
if (parsed.GetValue(node) is { } name)
{
    await new Node(name, parsed.GetValue(port), parsed.GetValue(roles)!.Split(','), parsed.GetValue(seeds)!.Split(','), parsed.GetValue(postgres)).RunAsync();
    return 0;
}

await using var server = await Server.StartAsync(parsed.GetValue(postgres));
var ports = FreePorts(3);
var addresses = string.Join(',', ports.Select(static one => $"akka.tcp://shop@127.0.0.1:{one}"));
await using var north = NodeProcess.Start("north", ports[0], "web", addresses, server.ConnectionString);
await using var east = NodeProcess.Start("east", ports[1], "web", addresses, server.ConnectionString);
await using var south = NodeProcess.Start("south", ports[2], "web,reports", addresses, server.ConnectionString);
NodeProcess[] nodes = [north, east, south];
var screen = new Screen(server, nodes);
var failures = new List<string>();
using var over = new CancellationTokenSource();
var counting = server.CountAsync(nodes, over.Token);
await screen.ShowAsync(PlayAsync());
await over.CancelAsync();
await counting;

// The pool of reports has one connection, which is none of the budget's.
var allowed = Program.Connections + (server.ConnectionString is null ? 0 : 1);
if (server.Most > allowed)
{
    failures.Add($"there were {server.Most} connections of {allowed}");
}

Console.WriteLine(north.Status.Report);
Console.WriteLine($"At most {server.Most} connections at a time, of {allowed}.");
failures.ForEach(static failure => Console.Error.WriteLine($"FAILED: {failure}"));
return failures.Count == 0 ? 0 : 1;

async Task PlayAsync()
{
    screen.What = "the nodes find each other; the book is new: for lifetime + margin nothing is granted, lest somebody still has connections of an older one";
    Array.ForEach(nodes, static one => one.Tell("want 1"));
    await UntilAsync(() => nodes.All(static one => one.Status.Busy > 0), TimeSpan.FromSeconds(40), "the nodes never got their first connections");
    screen.What = "north has work done on a connection that only south may open";
    north.Tell("report");
    await UntilAsync(() => north.Status.Report?.StartsWith("south answers north", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(15), "south did not answer north");
    north.Tell("look");
    await UntilAsync(() => north.Status.Nodes == nodes.Length, TimeSpan.FromSeconds(10), "north did not see all nodes");
    foreach (var part in Tour.All)
    {
        screen.What = part.What;
        var lasts = Task.Delay(parsed.GetValue(check) ? TimeSpan.Zero : TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop.Token);
        foreach (var (one, workers) in nodes.Zip(part.Workers))
        {
            one.Tell($"want {workers}");
        }

        await UntilAsync(() => nodes.Zip(part.Shares).All(static share => share.First.Status.Busy >= share.Second), TimeSpan.FromSeconds(15), $"{part.What}: the shares did not follow");
        await lasts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

async Task UntilAsync(Func<bool> isSo, TimeSpan patience, string failure)
{
    using var late = new CancellationTokenSource(patience);
    while (!isSo() && !stop.IsCancellationRequested)
    {
        if (late.IsCancellationRequested || nodes.Any(static one => one.HasEnded))
        {
            failures.Add(failure);
            return;
        }

        await Task.Delay(20);
    }
}

void EndEarly(PosixSignalContext signal)
{
    // A node ends with its starter, who closes its input.
    signal.Cancel = parsed.GetValue(node) is not null || !stop.IsCancellationRequested;
    stop.Cancel();
}

static int[] FreePorts(int count)
{
    var listeners = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToList();
    listeners.ForEach(static listener => listener.Start());
    var ports = listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
    listeners.ForEach(static listener => listener.Dispose());
    return ports;
}

/// <summary>What its processes agree on.</summary>
static partial class Program
{
    /// <summary>The budget of all nodes together.</summary>
    public const int Connections = 12;

    /// <summary>How the sample's sessions call themselves.</summary>
    public const string ApplicationName = "akka-cluster-sample";
}
