using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ClusterSample;

const int Connections = 12;

var postgres = new Option<string?>("--postgres") { Description = "A PostgreSQL that runs, for the book; a connection string.", HelpName = "connection string" };
var etcd = new Option<string?>("--etcd") { Description = "An etcd that runs, for the book; its members, with commas between them.", HelpName = "addresses" };
var seconds = new Option<int>("--seconds") { Description = "How long each part lasts, 1 to 600.", DefaultValueFactory = _ => 5 };
var check = new Option<bool>("--check") { Description = "Short, and exits with 1 unless the shares followed and the budget held." };
seconds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 600)
    {
        result.AddError("--seconds takes a whole number from 1 to 600.");
    }
});
var command = new RootCommand("Three nodes share one budget; load moves from one to the other, and the shares follow.") { postgres, etcd, seconds, check };
var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"Cluster: {parsed.Errors[0].Message}");
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
await using var engine = await Engine.StartAsync(parsed.GetValue(postgres), parsed.GetValue(etcd));
if (engine is null)
{
    return 1;
}

// Each would be a process on a machine of its own: nothing of what follows knows that they share this one.
await using var north = new Node("north", Connections, engine.Connect());
await using var east = new Node("east", Connections, engine.Connect());
await using var south = new Node("south", Connections, engine.Connect());
Node[] nodes = [north, east, south];
var screen = new Screen(engine.Name, Connections, nodes);
var isCheck = parsed.GetValue(check);
var failures = new List<string>();
await screen.ShowAsync(PlayAsync());
if (Connection.Most > Connections)
{
    failures.Add($"there were {Connection.Most} connections of {Connections}");
}

failures.ForEach(static failure => Console.Error.WriteLine($"FAILED: {failure}"));
Console.WriteLine($"At most {Connection.Most} of {Connections} connections at a time.");
return failures.Count == 0 ? 0 : 1;

async Task PlayAsync()
{
    screen.What = "the book is new: for lifetime + margin nothing is granted, lest somebody still has connections of an older one";
    nodes.ToList().ForEach(static node => node.Want(1));
    await UntilAsync(() => nodes.All(static node => node.Busy > 0), TimeSpan.FromSeconds(20), "the nodes never got their first connections");
    foreach (var part in Tour.All)
    {
        screen.What = part.What;
        var since = Stopwatch.GetTimestamp();
        foreach (var (node, workers) in nodes.Zip(part.Workers))
        {
            node.Want(workers);
        }

        await UntilAsync(() => nodes.Zip(part.Shares).All(static share => share.First.Busy >= share.Second), TimeSpan.FromSeconds(10), $"{part.What}: the shares did not follow");
        var left = TimeSpan.FromSeconds(isCheck ? 0 : parsed.GetValue(seconds)) - Stopwatch.GetElapsedTime(since);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

async Task UntilAsync(Func<bool> isSo, TimeSpan patience, string failure)
{
    var since = Stopwatch.GetTimestamp();
    while (!isSo() && !stop.IsCancellationRequested)
    {
        if (Stopwatch.GetElapsedTime(since) > patience)
        {
            failures.Add(failure);
            return;
        }

        await Task.Delay(20);
    }
}

void EndEarly(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
