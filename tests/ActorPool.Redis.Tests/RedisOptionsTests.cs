namespace ActorPool.Redis.Tests;

/// <summary>Options are checked together, by name, when a connector is made, and all of those below reach the socket.</summary>
public sealed class RedisOptionsTests
{
    [Fact]
    public void All_problems_are_told_together_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => new RedisConnector(new RedisOptions
        {
            Host = " ",
            Port = 0,
            Database = -1,
            ClientName = "two words",
            Protocol = (RedisProtocol)4,
            CommandTimeout = TimeSpan.Zero,
            MaxReplyBytes = 10,
            MaxReplyDepth = 0,
            Tcp = new TcpConnectorOptions { Probe = (_, _) => default },
        }));

        Assert.All(
            new[] { "Host", "Port", "Database", "ClientName", "Protocol", "CommandTimeout", "MaxReplyBytes", "MaxReplyDepth", "Tcp.Probe" },
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_concerns_the_socket_is_refused_by_name_too() => Assert.Contains(
        "KeepAliveRetryCount",
        Assert.Throws<ArgumentException>(() => new RedisConnector(new RedisOptions { Tcp = { KeepAliveRetryCount = 0 } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Every_option_of_the_socket_is_passed_on()
    {
        var source = File.ReadAllText(SourceFiles.PathOf("src/ActorPool.Redis/RedisConnector.cs"));
        string[] own = ["Handshake", "Probe", "IsHarmless"];

        Assert.All(
            typeof(TcpConnectorOptions).GetProperties().Select(property => property.Name).Except(own),
            name => Assert.Contains($"{name} = options.{name},", source, StringComparison.Ordinal));
    }
}
