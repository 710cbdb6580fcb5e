using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hocon.Tests;

/// <summary>What the README shows is compiled, and does what it says.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    static readonly string Readme = Repository.Read("src/ActorPool.Hocon/README.md");
    static readonly string Shown = Block().Matches(Readme).First(match => match.Groups["language"].Value == "hocon").Groups["code"].Value;

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_block_of_code_is_compiled()
    {
        var source = Repository.Read("tests/ActorPool.Hocon.Tests/ReadmeSamples.cs");
        var blocks = Block().Matches(Readme).Where(match => match.Groups["language"].Value == "csharp").Select(match => match.Groups["code"].Value).ToList();

        Assert.Equal(5, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(
            string.Join('\n', block.TrimEnd('\n').Split('\n').Select(line => line == "" ? "" : new string(' ', 8) + line)), source, StringComparison.Ordinal));
    }

    [Fact]
    public void What_it_shows_works()
    {
        _folder.Write("defaults.json", """{"pools": {"cache": {"tags": ["hot"]}}}""");
        var path = _folder.Write("application.conf", Shown);
        var root = HoconParser.ParseFile(path, Hocon.With(("HOME", "/h"), ("CACHE_PASSWORD", "p")));
        var configuration = new ConfigurationBuilder().AddHoconFile(path).Build();
        var log = new List<string>();

        Assert.Equal(
            """{"tags":["hot","fast"],"max-size":16,"idle-timeout":"5m","host":"cache.internal","password":"p"}""",
            root.Find("pools.cache")!.Render());
        Assert.Equal("orders.internal:5432", configuration["pools:orders:host"]);
        Assert.Equal("/h/logs", root.Find("log-path")!.AsString());
        Assert.Equal(TimeSpan.FromMinutes(5), root.Find("pools.cache.idle-timeout")!.AsDuration());
        Assert.Equal((true, TimeSpan.FromSeconds(1.5), true, 65536), ReadmeSamples.Units());
        ReadmeSamples.Origins(configuration, log.Add);
        Assert.Equal("max-size is written at application.conf:4:17", Assert.Single(log));
        ReadmeSamples.AddText(new ConfigurationBuilder());
    }

    [Fact]
    public void The_errors_that_it_shows_are_what_it_says()
    {
        string[] texts =
        [
            Shown.Replace("\n}\n", "\n\n", StringComparison.Ordinal),
            Shown.Replace("cache  = ${pool-defaults}", "cache  = ${pool-defalts}", StringComparison.Ordinal),
        ];

        Assert.All(texts, text =>
        {
            _folder.Write("application.conf", text);
            Assert.Contains($"    {_folder.WithoutPath(_folder.Refused("application.conf").Message)}\n", Readme, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
