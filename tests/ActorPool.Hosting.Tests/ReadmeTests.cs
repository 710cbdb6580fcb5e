using System.Text.RegularExpressions;
using ActorPool.Hosting.Tests.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Hosting.Tests;

/// <summary>What the README says is so: its configuration is read, and what it does is done.</summary>
public sealed partial class ReadmeTests
{
    static readonly string Readme = Repository.Read("src/ActorPool.Hosting/README.md");

    [Fact]
    public void Its_configuration_has_the_pools_that_its_code_asks_for()
    {
        var builder = Scripted.Builder();
        builder.Configuration.AddHoconString(Assert.Single(Blocks("hocon")));
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        builder.Services.AddTransient<ReadmeSamples.Shown.Greeter>();
        using var host = builder.Build();

        Assert.NotNull(host.Services.GetRequiredService<ReadmeSamples.Shown.Greeter>());
        Assert.Equal(TimeSpan.FromSeconds(5), host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<PoolOptions>>().Get("cache").AcquireTimeout);
    }

    [Fact]
    public void What_it_adds_in_code_is_there()
    {
        var builder = Scripted.Builder();
        builder.Services.AddLogging();
        ReadmeSamples.Shown.InCode(builder.Services);
        using var host = builder.Build();

        Assert.Equal("cache", host.Services.GetRequiredService<ReadmeSamples.Shown.Greetings>().Pool);
        Assert.Equal(8, host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo").Snapshot().MaxSize);
        Assert.Equal("mail", Scripted.Pool(host.Services, "mail").Name);
    }

    [Fact]
    public void A_connector_of_ones_own_can_be_configured()
    {
        var builder = Scripted.Builder();
        builder.Configuration.AddHoconString("actorpool.pools { inbox { mail { server = \"imap.example.com\" }, max-size = 3 } }");
        ReadmeSamples.Shown.Both(builder.Services, builder.Configuration);
        using var host = builder.Build();

        Assert.Equal(3, Scripted.Pool(host.Services, "inbox").Snapshot().MaxSize);
    }

    static List<string> Blocks(string language) =>
        [.. Block().Matches(Readme).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
