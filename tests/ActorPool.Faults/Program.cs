using System.CommandLine;
using ActorPool.Faults;
using ActorPool.Faults.Subjects;
using Spectre.Console;
using Xunit;

var only = new Option<string[]>("--only") { Description = "Only these faults, by their names.", HelpName = "fault", AllowMultipleArgumentsPerToken = true };
var command = new RootCommand("What faults on real sockets do to the callers of pools, and how the pools come back.") { only };
command.SetAction(async arguments =>
{
    // Npgsql cancels queries with blocking calls: eight of them would keep everybody else from the few threads of a small machine
    ThreadPool.SetMinThreads(32, 32);
    var names = arguments.GetValue(only) ?? [];
    var plans = names.Length == 0 ? FaultPlan.All : [.. FaultPlan.All.Where(plan => names.Contains(plan.Name, StringComparer.Ordinal))];
    List<Subject> subjects = [];
    try
    {
        foreach (var start in SubjectList.All)
        {
            try
            {
                subjects.Add(await start());
            }
            catch (SkipException missing)
            {
                Console.Error.WriteLine($"Left out: {missing.Message}");
            }
        }

        // wide enough for a row, whatever the output goes to
        AnsiConsole.Profile.Width = 200;
        return await new Matrix(subjects, AnsiConsole.Console).RunAsync(plans) ? 0 : 1;
    }
    finally
    {
        foreach (var subject in subjects)
        {
            await subject.DisposeAsync();
        }
    }
});
return await command.Parse(args).InvokeAsync();
