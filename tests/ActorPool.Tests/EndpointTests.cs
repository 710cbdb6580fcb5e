namespace ActorPool.Tests;

/// <summary>Endpoints: two ways to write one are equal.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("DB.Internal", "db.internal")]
    [InlineData("db.internal:5432", "db.internal:5432")]
    [InlineData("db.internal:5432/Orders", "db.internal:5432/Orders")]
    [InlineData("Redis://Cache", "redis://cache:6379")]
    [InlineData("redis://cache:6379", "redis://cache:6379")]
    [InlineData("https://host", "https://host:443")]
    [InlineData("http://host:80/", "http://host:80")]
    [InlineData("[2001:DB8::0:1]:6379", "[2001:db8::1]:6379")]
    [InlineData("2001:db8:0:0::1", "[2001:db8::1]")]
    [InlineData("10.0.0.1:80", "10.0.0.1:80")]
    [InlineData("host.", "host.")]
    public void It_is_written_in_one_way(string text, string normal)
    {
        Assert.Equal(normal, Endpoint.Parse(text).ToString());
        Assert.Equal(Endpoint.Parse(normal), Endpoint.Parse(text));
        Assert.Equal(Endpoint.Parse(normal).GetHashCode(), Endpoint.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("host.", "host")]
    [InlineData("host:1", "host")]
    [InlineData("host/a", "host/A")]
    [InlineData("redis://host:1", "host:1")]
    public void What_differs_is_another_endpoint(string one, string other) =>
        Assert.NotEqual(Endpoint.Parse(one), Endpoint.Parse(other));

    [Theory]
    [InlineData("", "host is empty")]
    [InlineData("host:port", "'port' is no port")]
    [InlineData("host:70000", "0 to 65535")]
    [InlineData("a b", "neither a name nor an address")]
    [InlineData("a,b", "neither a name nor an address")]
    [InlineData("a\0", "neither a name nor an address")]
    [InlineData("Host=db;Database=orders", "this is a connection string")]
    public void What_is_no_endpoint_is_said_to_be_none(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => Endpoint.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_in_an_endpoint_is_refused_and_not_repeated()
    {
        var error = Assert.Throws<FormatException>(() => Endpoint.Parse("redis://user:hunter2@cache:6379"));

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("credentials", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_is_no_endpoint_and_not_repeated() => Assert.DoesNotContain(
        "hunter2", Assert.Throws<FormatException>(() => Endpoint.Parse("Host=db;Password=hunter2")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Credentials_are_equal_by_what_they_say_and_never_show_their_secret()
    {
        var credentials = new Credentials("app", "p", DateTimeOffset.UnixEpoch);

        Assert.Equal(new Credentials("app", "p"), credentials);
        Assert.NotEqual(new Credentials("app", "q"), credentials);
        Assert.Equal("user 'app'", credentials.ToString());
        Assert.Equal("credentials without a user", new Credentials(null, "p").ToString());
    }
}
