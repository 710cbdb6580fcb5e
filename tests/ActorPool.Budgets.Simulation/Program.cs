using System.CommandLine;
using ActorPool.Budgets.Simulation;
using ActorPool.Budgets.Simulation.Planted;

// Nodes that share a budget, on one engine and virtual time, through schedules by the thousand, every promise looked after at every
// step. Exits with 1 if one was broken, with the seed that replays it.
var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 10_000, Description = "How many schedules, 1 to 100,000,000." };
var from = new Option<ulong?>("--from") { Description = "The first seed; otherwise a fresh one, which is printed." };
var seed = new Option<ulong?>("--seed") { Description = "Replays one schedule, and prints everything that happens in it." };
var shrink = new Option<bool>("--shrink") { Description = "With --seed: first makes it as short as it still fails." };
var brief = new Option<bool>("--brief") { Description = "Says which seed fails, and nothing more." };
var all = new Option<bool>("--all") { Description = "Goes on after a failure, and counts." };
var planted = new Option<bool>("--planted") { Description = "Plants bugs, one at a time, each of which must be found." };
var only = new Option<string?>("--only") { Description = "With --planted: only bugs with this in their names." };
var quick = new Option<bool>("--quick") { Description = "With --planted: only bugs that are found within few seeds." };
var incidents = new Option<string?>("--incidents") { Description = "With --seed: only these incidents of it, separated by commas." };
var plain = new Option<ulong>("--plain") { Description = "With --seed: which options are plain, as bits." };
seeds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 100_000_000)
    {
        result.AddError("--seeds must be 1 to 100,000,000.");
    }
});

var root = new RootCommand("Simulation of a budget over many machines: seeded schedules on virtual time.") { seeds, from, brief, all, planted, only, quick, seed, shrink, incidents, plain };
root.SetAction(result => result.GetValue(planted) ? PlantedRun.Run(result.GetValue(from) ?? 1, result.GetValue(only), result.GetValue(quick))
    : result.GetValue(seed) is { } one
    ? Replay.Run(new Schedule(one, Replay.ParseIncidents(result.GetValue(incidents)), result.GetValue(plain)), result.GetValue(shrink))
    : new Campaign(result.GetValue(seeds), result.GetValue(from) ?? Campaign.FreshSeed(), result.GetValue(all)).RunAndReport(result.GetValue(brief)));
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine(parsed.Errors[0].Message);
    return 2;
}

return parsed.Invoke();
