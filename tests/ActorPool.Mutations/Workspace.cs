namespace ActorPool.Mutations;

/// <summary>A copy of what the simulation is built from, in a temporary folder: the repository itself is never broken.</summary>
sealed class Workspace : IDisposable
{
    const string Project = "tests/ActorPool.Simulation";
    const string Core = "src/ActorPool";
    const string CoreAssembly = "artifacts/bin/ActorPool/release/ActorPool.dll";
    const string Assembly = "artifacts/bin/ActorPool.Simulation/release/ActorPool.Simulation.dll";

    static readonly string[] Made = ["bin", "obj", "artifacts", "TestResults"];

    // Quick rather than strict: who breaks something on purpose leaves unused parameters and unreachable code behind.
    static readonly string[] BuildArguments =
    [
        "build", Project, "-c", "Release", "-v", "quiet",
        "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:EnforceCodeStyleInBuild=false", "-p:GenerateDocumentationFile=false",
    ];

    // Only what a break is in; the simulation itself stays as it is.
    static readonly string[] CoreArguments = ["build", Core, "--no-restore", "--no-dependencies", .. BuildArguments[2..]];

    static readonly TimeSpan BuildTimeMax = TimeSpan.FromMinutes(10);

    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("actorpool-mutations-");

    /// <exception cref="DirectoryNotFoundException">There is no simulation.</exception>
    public Workspace(string repository)
    {
        try
        {
            Copy(new DirectoryInfo(repository), _root, deep: false);
            Copy(Below(repository, "tests"), Below(_root.FullName, "tests"), deep: false);
            Copy(Below(repository, "src"), Below(_root.FullName, "src"), deep: true);
            Copy(Below(repository, Project), Below(_root.FullName, Project), deep: true);
        }
        catch (Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Builds all of it.</summary>
    public Task<ProcessEnd> BuildAsync(CancellationToken cancellationToken) =>
        ChildProcess.RunAsync("dotnet", BuildArguments, _root.FullName, BuildTimeMax, cancellationToken);

    /// <summary>Builds the core anew, after a break, and puts it beside the simulation.</summary>
    public async Task<ProcessEnd> BuildCoreAsync(CancellationToken cancellationToken)
    {
        var end = await ChildProcess.RunAsync("dotnet", CoreArguments, _root.FullName, BuildTimeMax, cancellationToken);
        if (end.ExitCode == 0)
        {
            var simulation = Path.GetDirectoryName(Path.Combine(_root.FullName, Assembly))!;
            File.Copy(Path.Combine(_root.FullName, CoreAssembly), Path.Combine(simulation, Path.GetFileName(CoreAssembly)), overwrite: true);
        }

        return end;
    }

    /// <summary>Runs what was built last.</summary>
    public Task<ProcessEnd> SimulateAsync(int seeds, long from, TimeSpan timeMax, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            "dotnet",
            [Path.Combine(_root.FullName, Assembly), "--seeds", Invariant(seeds), "--from", Invariant(from), "--brief"],
            _root.FullName,
            timeMax,
            cancellationToken);

    /// <summary>Builds a break in. Disposing of the answer takes it out again.</summary>
    public IDisposable Break(Mutation mutation)
    {
        var file = Path.Combine(_root.FullName, mutation.File);
        var text = File.ReadAllText(file);
        File.WriteAllText(file, mutation.ApplyTo(text));
        return new Repair(file, text);
    }

    public void Dispose()
    {
        if (_root.Exists)
        {
            _root.Delete(recursive: true);
        }
    }

    static DirectoryInfo Below(string root, string folder) => new(Path.Combine(root, folder));

    static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static void Copy(DirectoryInfo from, DirectoryInfo to, bool deep)
    {
        if (!from.Exists)
        {
            throw new DirectoryNotFoundException($"There is no {from.FullName}: nothing to simulate with.");
        }

        to.Create();
        foreach (var file in from.EnumerateFiles().Where(file => file.Name != ".git"))
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in deep ? from.EnumerateDirectories().Where(folder => !Made.Contains(folder.Name)) : [])
        {
            Copy(folder, new DirectoryInfo(Path.Combine(to.FullName, folder.Name)), deep);
        }
    }

    // Written anew, so that the next build sees a newer file than its own output.
    sealed class Repair(string file, string text) : IDisposable
    {
        public void Dispose() => File.WriteAllText(file, text);
    }
}
