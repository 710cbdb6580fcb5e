using System.CommandLine;
using ActorPool.Mutations;

// Breaks the pool on purpose, a little and in many places, one at a time, and has the simulation find each break: what it
// does not find it does not check. README.md beside this file has the last table; a run of the whole list rewrites it.
var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 20_000, Description = "How many seeds each break gets, at least 1." };
seeds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
    {
        result.AddError("--seeds must be at least 1.");
    }
});
var from = new Option<long>("--from") { DefaultValueFactory = _ => 1, Description = "The first seed, at least 0." };
from.Validators.Add(result =>
{
    if (result.GetValueOrDefault<long>() < 0)
    {
        result.AddError("--from must be at least 0.");
    }
});
var only = new Option<string?>("--only") { Description = "Only breaks with this in their names; leaves the table alone." };
var list = new Option<bool>("--list") { Description = "Lists the breaks, and tries none." };

var root = new RootCommand("Breaks the pool in many small ways, one at a time, and sees whether the simulation finds them.") { seeds, from, only, list };
root.SetAction((result, cancellationToken) => result.GetValue(list)
    ? Task.FromResult(List(Options(result)))
    : RunAsync(Options(result), cancellationToken));
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine(parsed.Errors[0].Message);
    return 2;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

RunOptions Options(ParseResult result) => new(result.GetValue(seeds), result.GetValue(from), result.GetValue(only));

static int List(RunOptions options)
{
    foreach (var (number, mutation) in options.Chosen())
    {
        Console.WriteLine($"{number,3} {mutation.Name} | {mutation.File}");
    }

    return 0;
}

static async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
{
    try
    {
        return await new MutationRun(options, FindRepository()).RunAsync(cancellationToken);
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Stopped; the table is as it was.");
        return 2;
    }
    catch (DirectoryNotFoundException error)
    {
        Console.Error.WriteLine(error.Message);
        return 2;
    }
}

static string FindRepository()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
        {
            return folder.FullName;
        }
    }

    throw new DirectoryNotFoundException($"No ActorPool.sln above {AppContext.BaseDirectory}: there is nothing to break.");
}
