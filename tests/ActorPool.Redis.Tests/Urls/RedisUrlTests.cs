using System.Security.Authentication;

namespace ActorPool.Redis.Tests.Urls;

/// <summary>redis-py's URLs: what they mean, and what is refused, by name and without a secret.</summary>
public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://", "localhost", 6379, 0)]
    [InlineData("redis://cache", "cache", 6379, 0)]
    [InlineData("REDIS://cache:7000/3", "cache", 7000, 3)]
    [InlineData("redis://cache/", "cache", 6379, 0)]
    [InlineData("redis:///5", "localhost", 6379, 5)]
    [InlineData("redis://[::1]:7000", "::1", 7000, 0)]
    [InlineData("redis://[fe80::1]", "fe80::1", 6379, 0)]
    [InlineData("redis://cache/3?db=4", "cache", 6379, 4)]
    [InlineData(" redis://cache:7000 ", "cache", 7000, 0)]
    public void It_says_where_the_server_is(string url, string host, int port, int database)
    {
        var connection = RedisPoolOptions.FromUrl(url).Connection;

        Assert.Equal((host, port, database, null), (connection.Host, connection.Port, connection.Database, connection.UnixSocket));
        Assert.Null(connection.Tcp.Tls);
    }

    [Theory]
    [InlineData("redis://host", null, null)]
    [InlineData("redis://:pass@host", null, "pass")]
    [InlineData("redis://user@host", "user", null)]
    [InlineData("redis://user:@host", "user", null)]
    [InlineData("redis://user:pass@host", "user", "pass")]
    [InlineData("redis://us%3Aer:p%40ss%2Fw%3Ford%25@host", "us:er", "p@ss/w?ord%")]
    [InlineData("redis://user:a%2540b@host", "user", "a%40b")]
    [InlineData("redis://user:pa:ss@host", "user", "pa:ss")]
    [InlineData("redis://user:p@ss@host", "user", "p@ss")]
    [InlineData("redis://user:one@host?password=two", "user", "two")]
    [InlineData("redis://host?username=user&password=p%26+s", "user", "p& s")]
    [InlineData("unix://user:pass@/run/redis.sock", "user", "pass")]
    public void It_says_who_we_are_decoded_once(string url, string? user, string? password)
    {
        var connection = RedisPoolOptions.FromUrl(url).Connection;

        Assert.Equal((user, password), (connection.UserName, connection.Password));
    }

    [Fact]
    public void A_unix_socket_has_a_path_and_a_database()
    {
        var connection = RedisPoolOptions.FromUrl("unix:///run/my%20redis/a@b.sock?db=2").Connection;

        Assert.Equal(("/run/my redis/a@b.sock", 2), (connection.UnixSocket, connection.Database));
    }

    [Fact]
    public void Its_options_are_those_of_redis_py()
    {
        var options = RedisPoolOptions.FromUrl(
            "redis://host?socket_timeout=1.5&socket_connect_timeout=0.25&socket_keepalive=no&retry_on_timeout=True&max_connections=7"
            + "&health_check_interval=30&client_name=web&protocol=3&timeout=2");

        Assert.Equal(TimeSpan.FromSeconds(1.5), options.Connection.CommandTimeout);
        Assert.Equal(TimeSpan.FromSeconds(0.25), options.Pool.ConnectTimeout);
        Assert.False(options.Connection.Tcp.KeepAlive);
        Assert.Equal((2, true), (options.Pool.Retry.MaxAttempts, options.Pool.Retry.IsIdempotent));
        Assert.Equal(7, options.Pool.MaxSize);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Pool.KeepaliveInterval);
        Assert.Equal(("web", RedisProtocol.Resp3), (options.Connection.ClientName, options.Connection.Protocol));
        Assert.Equal(TimeSpan.FromSeconds(2), options.Pool.AcquireTimeout);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("1", true)]
    [InlineData("FALSE", false)]
    [InlineData("n", false)]
    [InlineData("0", false)]
    public void Yes_and_no_are_said_in_many_words(string word, bool meaning) =>
        Assert.Equal(meaning, RedisPoolOptions.FromUrl($"redis://host?socket_keepalive={word}").Connection.Tcp.KeepAlive);

    [Fact]
    public void Zero_turns_health_checks_off_and_makes_acquires_fail_at_once()
    {
        var options = RedisPoolOptions.FromUrl("redis://host?health_check_interval=0&timeout=0");

        Assert.Equal((Timeout.InfiniteTimeSpan, TimeSpan.Zero), (options.Pool.KeepaliveInterval, options.Pool.AcquireTimeout));
    }

    [Fact]
    public void Its_tls_options_are_those_of_redis_py()
    {
        var folder = Directory.CreateTempSubdirectory("actorpool-redis-url-");
        try
        {
            var file = Path.Combine(folder.FullName, "a file.pem");
            File.WriteAllText(file, "");
            var name = Uri.EscapeDataString(file);

            var tls = RedisPoolOptions.FromUrl(
                $"rediss://host?ssl_ca_certs={name}&ssl_certfile={name}&ssl_keyfile={name}&ssl_password=k3y&ssl_check_hostname=false&ssl_min_version=TLSv1_3").Connection.Tcp.Tls!;

            Assert.Equal((file, file, file, "k3y"), (tls.CaFile, tls.ClientCertificateFile, tls.ClientKeyFile, tls.ClientKeyPassword));
            Assert.Equal((false, false, SslProtocols.Tls13), (tls.CheckHostName, tls.DangerouslySkipVerification, tls.MinimumVersion));
            Assert.True(RedisPoolOptions.FromUrl("rediss://host?ssl_cert_reqs=none").Connection.Tcp.Tls!.DangerouslySkipVerification);
            Assert.True(RedisPoolOptions.FromUrl("rediss://host").Connection.Tcp.Tls!.CheckHostName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Each_of_redis_pys_pools_has_its_stand_in()
    {
        var blocking = RedisPoolOptions.FromUrl("redis://host").Pool;
        var throwing = RedisPoolOptions.FromUrl("redis://host", RedisPoolKind.Throwing).Pool;

        Assert.Equal((50, WhenExhausted.Wait, TimeSpan.FromSeconds(20)), (blocking.MaxSize, blocking.WhenExhausted, blocking.AcquireTimeout));
        Assert.Equal((100, WhenExhausted.Throw), (throwing.MaxSize, throwing.WhenExhausted));
    }

    [Theory]
    [InlineData("http://host", "redis://, rediss:// or unix://")]
    [InlineData("host:6379", "redis://, rediss:// or unix://")]
    [InlineData("", "redis://, rediss:// or unix://")]
    [InlineData("redis://host:port", "port")]
    [InlineData("redis://host:0", "port")]
    [InlineData("redis://host:65536", "port")]
    [InlineData("redis://host:", "port")]
    [InlineData("redis://::1:6379", "brackets")]
    [InlineData("redis://host/zero", "db")]
    [InlineData("redis://host/-1", "db")]
    [InlineData("redis://host?db=x", "db must be a whole number of at least 0, and is 'x'")]
    [InlineData("redis://host?db=-1", "db")]
    [InlineData("redis://host?max_connections=0", "max_connections")]
    [InlineData("redis://host?max_connections=many", "max_connections")]
    [InlineData("redis://host?socket_timeout=soon", "socket_timeout")]
    [InlineData("redis://host?socket_timeout=0", "socket_timeout")]
    [InlineData("redis://host?socket_timeout=-1", "socket_timeout")]
    [InlineData("redis://host?socket_timeout=nan", "socket_timeout")]
    [InlineData("redis://host?socket_keepalive=perhaps", "socket_keepalive")]
    [InlineData("redis://host?socket_keepalive", "socket_keepalive")]
    [InlineData("redis://host?protocol=4", "protocol must be one of 2, 3")]
    [InlineData("redis://host?client_name=", "client_name")]
    [InlineData("redis://host?decode_responses=1", "'decode_responses' is unknown; known are db, username")]
    [InlineData("redis://host?db=1&db=2", "db is given twice")]
    [InlineData("redis://host?ssl_ca_certs=x", "ssl_ca_certs needs a URL that begins with rediss://")]
    [InlineData("rediss://host?ssl_ca_certs=nowhere.pem", "ssl_ca_certs names a file that does not exist")]
    [InlineData("rediss://host?ssl_certfile=nowhere.pem", "ssl_certfile")]
    [InlineData("rediss://host?ssl_password=abc", "ssl_certfile")]
    [InlineData("rediss://host?ssl_cert_reqs=maybe", "ssl_cert_reqs")]
    [InlineData("unix://", "path of the Unix socket")]
    [InlineData("unix:///", "path of the Unix socket")]
    [InlineData("unix://run/redis.sock", "three slashes")]
    [InlineData("redis://host/0#fragment", "'#'")]
    public void What_makes_no_sense_is_refused_by_name(string url, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => RedisPool.FromUrl(url));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_wait_makes_no_sense_where_nobody_waits() =>
        Assert.Throws<ArgumentException>(() => RedisPool.FromUrl("redis://host?timeout=3", kind: RedisPoolKind.Throwing));

    // passwords as people type them, with everything that cuts a URL in two
    [Theory]
    [InlineData("redis://u:zq/zq@host:6379/0")]
    [InlineData("redis://u:zq?zq@host:6379/0")]
    [InlineData("redis://u:zq#zq@host:6379/0")]
    [InlineData("redis://u:zq?zq&zq=zq@host:6379/0")]
    [InlineData("redis://u:zq/zq?db=zq@host:6379/0")]
    [InlineData("redis://zq/zq@host")]
    [InlineData("unix://u:zq/zq@/run/redis.sock")]
    [InlineData("unix://u:zq?zq@/run/redis.sock")]
    [InlineData("redis://u:zq@host:notaport")]
    [InlineData("redis://u:zq@host/notadb")]
    [InlineData("redis://u:zq@host?nooption=1")]
    [InlineData("htp://u:zq@host")]
    public void No_refusal_repeats_a_password(string url)
    {
        var error = Assert.Throws<ArgumentException>(() => RedisPool.FromUrl(url));

        Assert.DoesNotContain("zq", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_of_one_letter_is_shown_nowhere()
    {
        await using var pool = RedisPool.FromUrl("redis://u:q@127.0.0.1:1/0");
        var options = RedisPoolOptions.FromUrl("redis://u:q@127.0.0.1:1/0");

        Assert.All(
            new[] { options.ToString(), options.Connection.ToString(), options.Pool.Name, pool.Name, pool.Snapshot().ToString() },
            text => Assert.DoesNotContain('q', text));
        Assert.Equal("redis://127.0.0.1:1/0", pool.Name);
    }
}
