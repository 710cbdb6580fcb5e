using Microsoft.Extensions.Configuration;

namespace ActorPool.Hocon.Tests;

/// <summary>The reference configuration of the repository, as its readers see it.</summary>
public sealed class ReferenceConfTests
{
    static readonly string File = Repository.PathOf("hocon/reference.conf");

    [Fact]
    public void It_is_read_into_the_values_that_it_says()
    {
        var pool = HoconParser.ParseFile(File, Hocon.NoEnvironment).Find("actorpool")!;

        Assert.Equal("pool", pool.Find("name")!.AsString());
        Assert.Equal(16, pool.Find("max-size")!.AsInt64());
        Assert.Equal(TimeSpan.FromSeconds(15), pool.Find("acquire-timeout")!.AsDuration());
        Assert.Equal(Timeout.InfiniteTimeSpan, pool.Find("queue-target")!.AsDuration());
        Assert.Equal(TimeSpan.FromMilliseconds(100), pool.Find("reconnect-backoff.initial")!.AsDuration());
        Assert.True(pool.Find("reconnect-backoff.jitter")!.AsBoolean());
        Assert.Equal(0.1, pool.Find("lifetime-jitter")!.AsDouble());
        Assert.Equal(TimeSpan.Zero, pool.Find("fill-stagger")!.AsDuration());
        Assert.Equal("full-jitter", pool.Find("retry.backoff")!.AsString());
    }

    [Fact]
    public void Every_key_is_in_configuration_and_knows_its_line()
    {
        var lines = System.IO.File.ReadAllLines(File);
        var root = new ConfigurationBuilder().AddHoconFile(File).Build();
        var origins = (IHoconOrigins)root.Providers.Single();
        var keys = root.AsEnumerable().Where(pair => pair.Value is not null).ToList();

        Assert.True(keys.Count > 30);
        Assert.All(keys, pair =>
        {
            Assert.True(origins.TryGetOrigin(pair.Key, out var origin));
            var line = lines[origin.Line - 1][(origin.Column - 1)..];
            var name = pair.Key.Split(':')[^1];
            Assert.StartsWith(char.IsDigit(name[0]) ? pair.Value! : name, line, StringComparison.Ordinal); // an element of a list is where its value is
            Assert.Contains(pair.Value!, line, StringComparison.Ordinal);
        });
    }
}
