using System.CommandLine;
using ActorPool.Stress;

// Real threads, for as long as one likes: what virtual time cannot show. Prints what it did; exits with 1 if a promise was
// broken. `blocked` is here because it needs a process whose thread pool nobody else uses.
var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 30, Description = "How long, 1 to 3600." };
seconds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 3600)
    {
        result.AddError("--seconds must be 1 to 3600.");
    }
});
var seed = new Option<ulong>("--seed") { DefaultValueFactory = _ => (ulong)Environment.TickCount64, Description = "Of its randomness." };

var mailbox = new Command("mailbox", "Senders of all kinds at a few actors: order, no overlap, nothing lost.") { seconds, seed };
mailbox.SetAction(result => Run(new MailboxStress(result.GetValue(seed)), result));
var pool = new Command("pool", "Callers of all kinds at a pool whose connections fail: holders, size, answers, closes, order.") { seconds, seed };
pool.SetAction(result => Run(new PoolStress(result.GetValue(seed)), result));
var scenario = new Option<string>("--scenario") { DefaultValueFactory = _ => "", Description = "One scenario, or those whose names begin so." };
scenario.Validators.Add(result =>
{
    if (Scenarios.Named(result.GetValueOrDefault<string>()) is [])
    {
        result.AddError($"--scenario must begin one of {string.Join(", ", Scenarios.All.Select(one => one.Name))}.");
    }
});
var interleavings = new Command("interleavings", "Two or more at one compare-and-swap of the mailbox, the lease and the promise: which outcomes are seen.") { seconds, seed, scenario };
interleavings.SetAction(result => Run(new InterleavingStress(result.GetValue(seed), Scenarios.Named(result.GetValue(scenario)!), Console.Out), result));
var blocked = new Command("blocked", "Blocked thread-pool threads that wait for opens which need threads.");
blocked.SetAction(_ => BlockedThreads.Run());

var root = new RootCommand("Stress tests of ActorPool with real threads.") { mailbox, pool, interleavings, blocked };
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine(parsed.Errors[0].Message);
    return 2;
}

return await parsed.InvokeAsync();

Task<int> Run(IStress stress, ParseResult result)
{
    var limit = TimeSpan.FromSeconds(result.GetValue(seconds));
    Console.WriteLine($"{stress.GetType().Name}: seed {result.GetValue(seed)}, {limit.TotalSeconds} s, {Environment.ProcessorCount} cores");
    return stress.RunAsync(limit);
}
