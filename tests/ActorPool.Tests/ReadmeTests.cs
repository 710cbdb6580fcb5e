using System.Net.Sockets;
using System.Text.RegularExpressions;
using ActorPool.Tests.Net;
using ReadmeSamples;

namespace ActorPool.Tests;

/// <summary>README.md says what is so: its sample is compiled and run, and what it names exists.</summary>
public sealed partial class ReadmeTests
{
    const int SampleLinesMax = 20;
    const string SampleFile = "tests/ActorPool.Tests/ReadmeSample.cs";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void The_sample_is_the_one_that_is_compiled()
    {
        var file = Repository.Read(SampleFile).Split('\n');
        var begin = Array.FindIndex(file, line => line.Trim() == "// <readme>");
        var end = Array.FindIndex(file, line => line.Trim() == "// </readme>");
        var usings = file.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal));
        var body = file[(begin + 1)..end].Select(line => line == "" ? line : line[8..]);

        var expected = usings.Append("").Concat(body).ToList();
        Assert.Equal(expected, Sample().Match(Readme).Groups["code"].Value.TrimEnd('\n').Split('\n'));
        Assert.InRange(expected.Count, 1, SampleLinesMax);
    }

    [Fact]
    public async Task The_sample_runs()
    {
        using var server = new LoopbackServer();
        using var over = new CancellationTokenSource();
        var serving = ServeAsync(server, over.Token);

        await ReadmeSample.RunAsync("127.0.0.1", server.Port, CancellationToken.None).WaitAsync(Patience);

        await over.CancelAsync();
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public void Every_file_and_folder_that_it_names_exists()
    {
        var names = Code().Matches(Readme).Select(match => match.Groups["code"].Value)
            .Concat(Link().Matches(Readme).Select(match => match.Groups["target"].Value))
            .Where(name => PathLike().IsMatch(name) || (name.Contains('/', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal)))
            .ToList();

        Assert.True(names.Count > 20, "the README names hardly a file: does this test still find them?");
        Assert.DoesNotContain(names, name => !Exists(name));
    }

    [Fact]
    public void A_lease_travels_in_five_steps_that_each_name_their_files()
    {
        var steps = Step().Matches(Section("How a lease travels"));

        Assert.Equal(["1", "2", "3", "4", "5"], steps.Select(step => step.Groups["number"].Value));
        Assert.All(steps, step => Assert.Contains(".cs`", step.Groups["text"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_table_of_errors_has_every_error_of_the_pool()
    {
        var errors = typeof(PoolException).Assembly.GetExportedTypes()
            .Where(type => typeof(PoolException).IsAssignableFrom(type))
            .Select(type => type.Name);

        Assert.All(errors, error => Assert.Contains($"`{error}`", Section("Errors"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_its_table_of_features_names_exists()
    {
        var names = TestName().Matches(Section("Features")).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).ToList();
        var tests = Repository.Sources("tests").Select(Repository.Read).ToList();

        Assert.True(names.Count > 40, "the table names hardly a test: does this test still find them?");
        Assert.All(names, name => Assert.Contains(
            tests.Where(test => test.Contains($"class {name.Class}", StringComparison.Ordinal)),
            test => Regex.IsMatch(test, $@"\[(Fact|Theory|InlineData)[^;{{}}]* {name.Method}\(", RegexOptions.None, TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void Every_project_is_in_its_list_of_folders()
    {
        var folders = Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/'));

        Assert.All(folders, folder => Assert.Contains($"`{folder}`", Section("Folders"), StringComparison.Ordinal));
    }

    static string Section(string title) =>
        Readme.Split($"\n## {title}\n", 2) is [_, var rest] ? rest.Split("\n## ", 2)[0] : throw new InvalidDataException($"README.md has no section '{title}'.");

    /// <summary>A path from the root, or the name of a file that there is once.</summary>
    static bool Exists(string name) =>
        Path.Exists(Repository.PathOf(name))
        || Repository.Files.Count(file => file.EndsWith("/" + name, StringComparison.Ordinal)) == 1;

    static async Task ServeAsync(LoopbackServer server, CancellationToken cancellationToken)
    {
        var echoes = new List<Task>();
        try
        {
            while (true)
            {
                var accepted = await server.AcceptAsync().WaitAsync(cancellationToken);
                echoes.Add(EchoAsync(accepted));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(echoes);
        }
    }

    static async Task EchoAsync(NetworkStream peer)
    {
        await using (peer)
        {
            await peer.CopyToAsync(peer);
        }
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<!`)`(?<code>[^`\n]+)`(?!`)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^[\w./-]+\.(cs|conf|txt|md|csproj|sln|props)$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PathLike();

    [GeneratedRegex(@"^(?<number>\d)\. (?<text>.*?)(?=^\d\. |\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Step();

    [GeneratedRegex(@"\| yes: `(?<class>\w+)\.(?<method>\w+)` \|", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TestName();
}
