using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorPool.Budgets.Simulation.Planted;

/// <summary>
/// The shipped sources of book, agent and deadline, and those of this simulation, compiled together in memory, with a bug in them or without.
/// The repository itself is never broken.
/// </summary>
sealed class BrokenSources
{
    const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    readonly Dictionary<string, string> _shipped = [];
    readonly List<SyntaxTree> _rest = [];
    readonly List<MetadataReference> _references;

    /// <exception cref="DirectoryNotFoundException">There is no repository above this program.</exception>
    public BrokenSources()
    {
        var root = FindRepository();
        foreach (var file in Shipped(Path.Combine(root, "src")))
        {
            _shipped.Add(Path.GetRelativePath(Path.Combine(root, "src"), file).Replace('\\', '/'), File.ReadAllText(file));
        }

        _rest.Add(CSharpSyntaxTree.ParseText(Usings, Language));
        var own = Path.Combine(root, "tests", "ActorPool.Budgets.Simulation");
        foreach (var file in Directory.EnumerateFiles(own, "*.cs", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(own, file);
            if (name != "Program.cs" && !name.StartsWith("Planted", StringComparison.Ordinal) && !name.StartsWith("obj", StringComparison.Ordinal))
            {
                _rest.Add(CSharpSyntaxTree.ParseText(File.ReadAllText(file), Language));
            }
        }

        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        _references = [.. trusted.Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("ActorPool.Budgets", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path))];
    }

    /// <summary>How often the original of an edit occurs in its file.</summary>
    public int Count(string file, string original) => _shipped.TryGetValue(file, out var text) ? text.Split(original).Length - 1 : 0;

    /// <summary>Compiles a bug in, and lives schedules until the bug's check fails.</summary>
    /// <returns>What the first failing seed says; null: it never fails.</returns>
    /// <exception cref="InvalidOperationException">The bug does not fit the sources, or they do not compile with it.</exception>
    public string? Run(Bug bug, ulong from, int cores)
    {
        var context = new AssemblyLoadContext(bug.Name, isCollectible: true);
        try
        {
            using var image = new MemoryStream(Compile(bug));
            var campaign = context.LoadFromStream(image).GetType(typeof(Campaign).FullName!)!;
            return (string?)campaign.GetMethod(nameof(Campaign.FirstFailure))!.Invoke(null, [bug.Check, bug.Seeds, from, cores]);
        }
        finally
        {
            context.Unload();
        }
    }

    byte[] Compile(Bug bug)
    {
        var texts = new Dictionary<string, string>(_shipped);
        foreach (var (file, original, replacement) in bug.Edits)
        {
            if (Count(file, original) != 1)
            {
                throw new InvalidOperationException($"'{bug.Name}' replaces '{original}', which must occur once in src/{file}: adapt the list to the file.");
            }

            texts[file] = texts[file].Replace(original, replacement, StringComparison.Ordinal);
        }

        Compilation compilation = CSharpCompilation.Create(
            "Planted",
            [.. _rest, .. texts.Values.Select(static text => CSharpSyntaxTree.ParseText(text, Language))],
            _references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(Generators(), parseOptions: Language).RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        return emitted.Success
            ? image.ToArray()
            : throw new InvalidOperationException(
                $"'{bug.Name}' does not compile: {emitted.Diagnostics.First(static found => found.Severity == DiagnosticSeverity.Error)}");
    }

    // The records are written by generated code.
    static IEnumerable<ISourceGenerator> Generators() =>
        from type in Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "generators", "System.Text.Json.SourceGeneration.dll")).GetTypes()
        where type.GetCustomAttribute<GeneratorAttribute>() is not null
        select ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();

    // What needs a network, a database or a container's services is not needed here.
    static IEnumerable<string> Shipped(string source)
    {
        var budgets = Path.Combine(source, "ActorPool.Budgets");
        string[] nouns = ["ClusterBudgetOptions.cs", "OnDeadline.cs"];
        string[] runners = ["AgentRunner.cs", "ClusterLog.cs", "ShieldedLogger.cs"];
        return
        [
            Path.Combine(source, "ActorPool", "BudgetDeadline.cs"),
            Path.Combine(source, "ActorPool", "BudgetMoment.cs"),
            .. Directory.EnumerateFiles(Path.Combine(budgets, "Book"), "*.cs"),
            .. Directory.EnumerateFiles(Path.Combine(budgets, "Node"), "*.cs").Where(file => !runners.Contains(Path.GetFileName(file))),
            .. Directory.EnumerateFiles(Path.Combine(budgets, "Options"), "*.cs"),
            .. Directory.EnumerateFiles(budgets, "Grant*.cs"),
            Path.Combine(budgets, "Engines", "TransactionRules.cs"),
            .. nouns.Select(name => Path.Combine(budgets, name)),
        ];
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
}
