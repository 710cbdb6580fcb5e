using System.CommandLine;
using ActorPool.Simulation;

// Pools on virtual time through schedules by the thousand, every promise looked after at every step. Exits with 1 if one was
// broken, with the seed that replays it.
var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 10_000, Description = "How many schedules, 1 to 100,000,000." };
var from = new Option<ulong?>("--from") { Description = "The first seed; otherwise a fresh one, which is printed." };
var seed = new Option<ulong?>("--seed") { Description = "Replays one schedule, and prints everything that happens in it." };
var brief = new Option<bool>("--brief") { Description = "Says which seed fails, and nothing more." };
var steps = new Option<string?>("--steps") { Description = "With --seed: only these steps of it, separated by commas." };
var plain = new Option<ulong>("--plain") { Description = "With --seed: which options stay at their defaults, as bits." };
seeds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 100_000_000)
    {
        result.AddError("--seeds must be 1 to 100,000,000.");
    }
});

var root = new RootCommand("Simulation of ActorPool: seeded schedules on virtual time.") { seeds, from, brief, seed, steps, plain };
root.SetAction(result => result.GetValue(seed) is { } one
    ? Replay.Run(new Schedule(one, Replay.ParseSteps(result.GetValue(steps)), result.GetValue(plain)))
    : Campaign.Run(result.GetValue(seeds), result.GetValue(from) ?? Campaign.FreshSeed(), result.GetValue(brief)));
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine(parsed.Errors[0].Message);
    return 2;
}

return parsed.Invoke();
