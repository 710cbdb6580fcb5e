using System.CommandLine;

namespace ActorPool.Benchmarks;

/// <summary>One thing to find out, which can be asked for alone.</summary>
/// <param name="name">The word on the command line, and the name of its results.</param>
/// <param name="description">The question in a line.</param>
abstract class Benchmark(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>What can be said about it on the command line, beside what every benchmark understands.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>Measures, and writes the sections of the report as they come.</summary>
    public abstract void Run(BenchmarkRun run);
}
