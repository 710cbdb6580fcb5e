using System.Text.RegularExpressions;
using ActorPool.Servers;
using Databases;

namespace ActorPool.Data.Tests;

/// <summary>What the README shows is compiled and run: it is taken from the sample.</summary>
public sealed partial class ReadmeTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    static readonly string Root = FindRoot();

    [Fact]
    public void Every_block_of_code_is_in_the_sample()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "samples/Databases"), "*.cs").Select(File.ReadAllText).ToList();
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(Root, "src/ActorPool.Data/README.md")))
            .Select(match => match.Groups["code"].Value).ToList();

        Assert.True(blocks.Count > 5, "the README shows hardly any code: does this test still find it?");
        Assert.All(blocks, block => Assert.Contains(sources, source =>
            Enumerable.Range(0, 4).Any(depth => source.Contains(Indent(block, 4 * depth), StringComparison.Ordinal))));
    }

    [SkippableFact]
    public async Task The_sample_runs()
    {
        await using var output = new StringWriter();
        await Tour.RunAsync(ConnectionString, output);
        var text = output.ToString();
        foreach (var line in new[]
        {
            "PostgreSQL", "Dapper: postgres", "Entity Framework: ", "One transaction, one connection: True", "copied",
            "From the container: True", "From the directory: postgres",
        })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    static string Indent(string block, int spaces) => string.Join('\n', block.TrimEnd('\n').Split('\n')
        .Select(line => line == "" ? "" : new string(' ', spaces) + line)) + "\n";

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ActorPool.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
