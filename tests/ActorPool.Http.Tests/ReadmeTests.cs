using System.Text.RegularExpressions;
using ActorPool.Http.Tests.Support;
using ActorPool.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Http.Tests;

/// <summary>What the README shows is compiled, and does what it says.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_block_of_code_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests/ActorPool.Http.Tests/ReadmeSamples.cs"));
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src/ActorPool.Http/README.md"));
        var blocks = Block().Matches(readme).Select(match => match.Groups["code"].Value).ToList();
        Assert.True(blocks.Count >= 4);
        Assert.All(blocks, block => Assert.Contains(
            string.Join('\n', block.TrimEnd('\n').Split('\n').Select(line => line == "" ? "" : new string(' ', 8) + line)), source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_shows_works()
    {
        await using var server = RawServer.Answering(RawServer.Ok("price"));
        Assert.Equal("price", await ReadmeSamples.AloneAsync(server.Address));

        var time = new VirtualTime();
        await using var client = new PooledClient(server.Address, runtime: new PoolRuntime { TimeProvider = time });
        var log = new List<string>();
        using (await client.GetAsync("orders/17"))
        {
            var naming = ReadmeSamples.NameHoldersAsync(client.Http, server.Address, log.Add);
            Assert.True(SpinWait.SpinUntil(() => client.Snapshot.Waiting == 1, PooledClient.Patience));
            time.Advance(PooledClient.Patience);
            await naming.WaitAsync(PooledClient.Patience);
        }

        Assert.Contains("/orders/17", Assert.Single(log), StringComparison.Ordinal);
        await ReadmeSamples.OperateAsync(client.Pools, server.Address, log.Add);
        Assert.Equal(2, log.Count);

        var services = new ServiceCollection();
        ReadmeSamples.WithTheFactory(services);
        await using var provider = services.BuildServiceProvider();
        Assert.Equal("prices.internal", provider.GetRequiredService<IHttpClientFactory>().CreateClient("prices").BaseAddress!.Host);
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
