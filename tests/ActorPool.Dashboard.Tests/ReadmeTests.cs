using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ActorPool.Dashboard.Tests;

/// <summary>What the README shows is compiled, and names what there is.</summary>
public sealed partial class ReadmeTests
{
    static readonly string Readme = File.ReadAllText(PathOf("src/ActorPool.Dashboard/README.md"));

    [Fact]
    public void Every_block_of_code_is_compiled()
    {
        var source = File.ReadAllText(PathOf("tests/ActorPool.Dashboard.Tests/ReadmeSamples.cs"));
        var blocks = Block().Matches(Readme).Select(match => match.Groups["code"].Value).ToList();

        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(
            string.Join('\n', block.TrimEnd('\n').Split('\n').Select(line => line == "" ? "" : new string(' ', 8) + line)), source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_policies_that_it_shows_can_be_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        ReadmeSamples.AddPolicies(builder);
        await using var app = builder.Build();
        ReadmeSamples.UsePolicies(app);

        Assert.NotEmpty(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
    }

    [Fact]
    public void Its_table_has_every_option() => Assert.All(
        typeof(DashboardOptions).GetProperties(),
        option => Assert.Contains($"| `{option.Name}` |", Readme, StringComparison.Ordinal));

    [Fact]
    public void Its_pictures_exist_and_are_small()
    {
        var pictures = Picture().Matches(Readme).Select(match => match.Groups["path"].Value).ToList();

        Assert.Equal(4, pictures.Count);
        Assert.All(pictures, picture => Assert.InRange(new FileInfo(PathOf($"src/ActorPool.Dashboard/{picture}")).Length, 10_000, 200_000));
    }

    static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, path);
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"!\[[^\]]+\]\((?<path>[^)]+)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Picture();
}
