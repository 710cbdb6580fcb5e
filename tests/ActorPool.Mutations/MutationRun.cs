using System.Diagnostics;

namespace ActorPool.Mutations;

/// <summary>Simulates the pool unbroken, then with each break in turn, and says which of them the simulation finds.</summary>
sealed class MutationRun(RunOptions options, string repository)
{
    const int AllFound = 0;
    const int NotAllFound = 1;
    const int NothingTried = 2;

    /// <summary>What a simulation may take, or three times what the unbroken one took, if that is more.</summary>
    static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(120);

    // The unbroken pool is given more: a busy machine is no hang.
    static readonly TimeSpan UnbrokenTimeMax = 5 * TimeMax;

    /// <returns>The exit code: 0 if every break was found, 1 if not, 2 if none could be tried.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var chosen = options.Chosen().ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"No break has '{options.Only}' in its name; --list shows them.");
            return NothingTried;
        }

        var table = new ResultTable(options, await CommitAsync(cancellationToken));
        using var workspace = new Workspace(repository);
        if (await SimulateUnbrokenAsync(workspace, cancellationToken) is not { } unbrokenTime)
        {
            return NothingTried;
        }

        var timeMax = 3 * unbrokenTime > TimeMax ? 3 * unbrokenTime : TimeMax;
        var results = new List<MutationResult>();
        foreach (var (number, mutation) in chosen)
        {
            var clock = Stopwatch.StartNew();
            var verdict = await TryAsync(workspace, mutation, timeMax, cancellationToken);
            var result = new MutationResult(number, mutation, verdict, clock.Elapsed);
            results.Add(result);
            Tell(result);
            if (options.Only is null)
            {
                // Each time, so that a run which is stopped has not been in vain.
                table.WriteTo(Path.Combine(repository, ResultTable.File), results);
            }
        }

        var missed = results.Count(result => !result.Verdict.IsFound);
        Console.WriteLine($"{results.Count - missed} of {results.Count} breaks found.");
        return missed == 0 ? AllFound : NotAllFound;
    }

    /// <summary>How long the unbroken pool takes; null if it does not build or pass.</summary>
    async Task<TimeSpan?> SimulateUnbrokenAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var build = await workspace.BuildAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            Console.Error.WriteLine($"The simulation does not build: {SimulationVerdict.Tail(build)}");
            return null;
        }

        var end = await workspace.SimulateAsync(options.Seeds, options.From, UnbrokenTimeMax, cancellationToken);
        var verdict = SimulationVerdict.Of(end);
        if (verdict.Kind != VerdictKind.Passed)
        {
            var seed = verdict.Seed is { } known ? $"seed {known}: " : "";
            Console.Error.WriteLine($"The pool fails without any break; there is nothing to be learnt from breaking it. {seed}{verdict.Check}: {verdict.Message}");
            return null;
        }

        Console.WriteLine($"Unbroken: no failure in {options.Seeds} seeds from {options.From} on, {end.Time.TotalSeconds:0.0} s.");
        return end.Time;
    }

    async Task<SimulationVerdict> TryAsync(Workspace workspace, Mutation mutation, TimeSpan timeMax, CancellationToken cancellationToken)
    {
        using var broken = workspace.Break(mutation);
        var build = await workspace.BuildCoreAsync(cancellationToken);
        return build.ExitCode == 0
            ? SimulationVerdict.Of(await workspace.SimulateAsync(options.Seeds, options.From, timeMax, cancellationToken))
            : new SimulationVerdict(VerdictKind.NotBuilt, null, "does not compile", SimulationVerdict.Tail(build));
    }

    void Tell(MutationResult result)
    {
        var verdict = result.Verdict;
        var outcome = verdict.Kind switch
        {
            VerdictKind.Passed => "NOT FOUND",
            VerdictKind.Failed => $"{verdict.Check} after {result.SeedsTaken(options.From)} seeds (seed {verdict.Seed}): {verdict.Message}",
            _ => $"{verdict.Check}: {verdict.Message}",
        };
        Console.WriteLine($"{result.Number,3} {result.Mutation.Name} | {result.Time.TotalSeconds:0.0} s | {outcome}");
    }

    async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        var hash = await GitAsync(["rev-parse", "--short", "HEAD"], cancellationToken);
        var changes = await GitAsync(["status", "--porcelain", "--", "src", "tests/ActorPool.Simulation"], cancellationToken);
        return changes.Output.Length == 0 ? hash.Output.Trim() : $"{hash.Output.Trim()} with changes";
    }

    Task<ProcessEnd> GitAsync(string[] arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync("git", arguments, repository, TimeMax, cancellationToken);
}
