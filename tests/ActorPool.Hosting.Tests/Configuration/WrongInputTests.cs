namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>Everything that can be written wrongly is answered with one line.</summary>
public sealed class WrongInputTests
{
    [Theory]
    [InlineData("tcp:host", "a:7", "tcp:host is \"a:7\": a name or an address is expected, and nothing else; its port is written in port")]
    [InlineData("tcp:host", "a b", "tcp:host is \"a b\": a name or an address is expected")]
    [InlineData("tcp:port", "70000", "tcp:port is \"70000\": a port from 1 to 65535 is expected")]
    [InlineData("tcp:port", "seven", "tcp:port is \"seven\": a port from 1 to 65535 is expected")]
    [InlineData("tcp:prot", "7", "tcp:prot is no option of tcp; did you mean port?")]
    [InlineData("tcp:max-size", "7", "tcp:max-size is no option of tcp, but of its pool: it stands beside tcp")]
    [InlineData("tcp:keep-alive-time", "1ms", "tcp:keep-alive-time is 1ms, possible are 1 s to 32767 s")]
    [InlineData("tcp:address-family", "ipv5", "tcp:address-family is \"ipv5\": any, ipv4 or ipv6 is expected")]
    [InlineData("tcp:receive-buffer-size", "64 parsecs", "tcp:receive-buffer-size is \"64 parsecs\": a size such as 64KiB, 512MiB or a number of bytes is expected")]
    [InlineData("tcp:tls", "perhaps", "tcp:tls is \"perhaps\": on, off or an object with the options of tls is expected")]
    [InlineData("tcp:tls:ca-file", "/no/such/ca.pem", "tcp:tls:ca-file is \"/no/such/ca.pem\": there is no such file")]
    [InlineData("tcp:tls:minimum-version", "ssl3", "tcp:tls:minimum-version is \"ssl3\": tls1.2 or tls1.3 is expected")]
    [InlineData("tcp:tls:ca-certificates", "x", "tcp:tls:ca-certificates cannot be said in text: they are objects; name their file in ca-file")]
    [InlineData("tcp:tls:client-key-password", "hunter2", "tcp tls.client-key-file and tls.client-key-password need a tls.client-certificate-file")]
    [InlineData("tcp:unix-socket", "/run/x", "tcp has a host and a unix-socket: only one of them can say where to connect to")]
    [InlineData("tcp:handshake", "x", "tcp:handshake cannot be said in text: it is called, and is code")]
    public void Of_tcp(string key, string value, string line) => Check([("tcp:host", "a"), ("tcp:port", "7")], key, value, line);

    [Theory]
    [InlineData("endpoints:1", "b", "tcp:endpoints has b without a port")]
    [InlineData("endpoints:1", "a:7", "tcp:endpoints has a:7 twice")]
    [InlineData("endpoints:1", "b:x", "tcp:endpoints:1 is \"b:x\": an endpoint such as db1.internal:5432 is expected")]
    [InlineData("endpoints:1:host", "b", "tcp:endpoints:1 makes no list: a list of values is expected, each an endpoint such as db1.internal:5432")]
    [InlineData("strategy", "randomly", "tcp:strategy is \"randomly\": round-robin, least-leased, power-of-two-choices, consistent-hash or first-healthy is expected")]
    [InlineData("max-ejected-share", "2", "tcp:max-ejected-share is 2, must be 0 to 1")]
    [InlineData("base-ejection-time", "10m", "tcp:max-ejection-time (5m) is below base-ejection-time (10m)")]
    [InlineData("host", "b", "tcp:host stands beside endpoints: only one of them can say where to connect to")]
    [InlineData("role-probe", "b", "tcp:role-probe cannot be said in text: it is called, and is code")]
    [InlineData("directory", null, "tcp has endpoints and a directory: replicas are known beforehand, a directory's endpoints are not")]
    public void Of_replicas(string key, string? value, string line) => Check([("tcp:endpoints:0", "a:7")], "tcp:" + key, value, line);

    [Theory]
    [InlineData("redis:url", "http://app:hunter2@cache", "redis:url cannot be used: it must begin with redis://, rediss:// or unix://")]
    [InlineData("redis:url", "redis://app:hunter2@cache:port", "redis:url cannot be used: its port is no number from 1 to 65535 (in a user name or password, write '/', '?', '#', '@', ':' and '%' percent-encoded)")]
    [InlineData("redis:url", "redis://app:hunter2@cache?db=first", "redis:url cannot be used: db must be a whole number of at least 0, and is 'first'")]
    [InlineData("redis:database", "-1", "redis:database is -1, must be 0 or more")]
    [InlineData("redis:command-timeout", "0s", "redis:command-timeout is 0s, must be 1 ms to 1 day, or infinite")]
    [InlineData("redis:protocol", "resp4", "redis:protocol is \"resp4\": resp2, resp3, 2 or 3 is expected")]
    [InlineData("redis:client-name", "my app", "redis:client-name is empty or has blanks or letters beyond ASCII, use null for none")]
    [InlineData("redis:tcp:keep-alive-retry-count", "0", "redis:tcp:keep-alive-retry-count is 0, possible are 1 to 127")]
    [InlineData("redis:password:secret", "hunter2", "redis:password is an object or a list: a text is expected")]
    [InlineData("redis", "redis://app:hunter2@cache", "redis is a text that is not shown, as there may be a password in it: an object with the options of redis is expected")]
    public void Of_redis(string key, string value, string line) => Check([("redis", null)], key, value, line);

    [Theory]
    [InlineData("max-http2-streams", "0", "http:max-http2-streams is 0, must be 1 to 10000")]
    [InlineData("max-pools", "few", "http:max-pools is \"few\": a whole number is expected")]
    [InlineData("proxy", "https://app:hunter2@proxy", "http:proxy cannot be used: the address of a proxy such as http://proxy.internal:3128 is expected")]
    [InlineData("retry:max-attempts", "0", "http:retry:max-attempts is 0, must be 1 to 100")]
    [InlineData("retry:status-codes", "500, 1000", "http:retry:status-codes is \"1000\": a status code from 100 to 599 is expected")]
    [InlineData("automatic-decompression:0", "zip", "http:automatic-decompression:0 is \"zip\": none, all, gzip, deflate or brotli is expected")]
    [InlineData("tcp:tls:ca-file", "x", "http:tcp:tls has no place here: tls stands beside tcp")]
    [InlineData("pool:max-size", "x", "http:pool has no place here: the options of the pools stand beside http")]
    public void Of_http(string key, string value, string line) => Check([("http", null)], "http:" + key, value, line);

    [Fact]
    public void Of_http_what_is_wrong_with_its_pools_is_told_where_that_is_said() => Check(
        [("http", null)], "max-leases-per-connection", "2",
        "max-leases-per-connection is 2, must be 1: HTTP/1.1 takes one request at a time, and for HTTP/2 there is max-http2-streams");

    [Theory]
    [InlineData("provider", "", "database has no provider: the name of one such as Npgsql is needed")]
    [InlineData("connection-string", "hunter2", "database:connection-string cannot be used: a connection string such as Host=db.internal;Database=orders is expected")]
    [InlineData("rollback-sql", "", "database:rollback-sql is empty")]
    [InlineData("reset", "all", "database:reset is \"all\": none, rollback or session is expected")]
    [InlineData("directory:max-pools", "0", "database:directory:max-pools is 0, must be 1 to 1000000")]
    [InlineData("directory:credentials-by-host:db1:5432", "hunter2", "database:directory:credentials-by-host:db1:5432 is no option of credentials; there are user-name, password")]
    [InlineData("directory:credentials-by-host:db 1:password", "hunter2", "database:directory:credentials-by-host:db 1 is no host: a name or an address is expected, without a port")]
    [InlineData("directory:name", "x", "database:directory:name has no place here: a directory has the name of its pool's object")]
    public void Of_database(string key, string value, string line) => Check(
        [("database:provider", "Npgsql"), ("database:connection-string", "Host=db")], "database:" + key, value, line);

    [Theory]
    [InlineData("redis", null, " has 2 connectors (redis, tcp): a pool has one")]
    [InlineData("redsi", null, ":redsi is no option of a pool; did you mean redis?")]
    [InlineData("Max-Sise", "1", ":Max-Sise is no option of a pool; did you mean max-size?")]
    public void Of_a_pool(string key, string? value, string line) => Assert.Equal(
        [$"actorpool:pools:p{line}"],
        Configured.Keys(("pools:p:tcp:host", "a"), ("pools:p:tcp:port", "7"), ($"pools:p:{key}", value)).Lines);

    [Fact]
    public void Of_a_pool_without_a_connector() => Assert.Equal(
        ["actorpool:pools:p has no connector: it needs one of the objects tcp, redis, database, http, imap"],
        Configured.Keys(("pools:p:max-size", "8")).Lines);

    [Theory]
    [InlineData("pols:p:max-size", "8", "actorpool:pols is no option of a pool; did you mean pools?")]
    [InlineData("name", "mine", "actorpool:name would name all pools alike: a pool's name is its key under pools, or the name in its object")]
    [InlineData("hosting:warmup", "maybe", "actorpool:hosting:warmup is \"maybe\": true or false is expected")]
    [InlineData("pools", "p", "actorpool:pools is \"p\": an object with a pool under each name is expected")]
    [InlineData("pools:p", "5", "actorpool:pools:p is \"5\": an object with the options of a pool is expected")]
    [InlineData("tls:ca-fil", "x", "actorpool:tls:ca-fil is no option of tls; did you mean ca-file?")]
    [InlineData("tcp:nodelay", "sometimes", "actorpool:tcp:nodelay is \"sometimes\": true or false is expected")]
    [InlineData("http:retry:tries", "3", "actorpool:http:retry:tries is no option of retry; there are max-attempts, delay, max-delay, honor-retry-after, max-retry-after, status-codes")]
    public void Of_the_whole(string key, string value, string line) => Assert.Equal([line], Configured.Keys((key, value)).Lines);

    [Fact]
    public void A_default_that_is_wrong_is_told_once_however_many_pools_have_it() => Assert.Equal(
        ["actorpool:acquire-timeout is \"15 parsecs\": a time such as 15s, 100ms, 5m or infinite is expected"],
        Configured.Keys(("acquire-timeout", "15 parsecs"), ("pools:a:redis", null), ("pools:b:redis", null), ("pools:c:http", null)).Lines);

    [Fact]
    public void A_contradiction_is_told_where_the_value_is_written() => Assert.Equal(
        ["actorpool:min-size (20) is above max-size (16)"],
        Configured.Keys(("min-size", "20"), ("pools:a:redis", null), ("pools:b:redis", null), ("pools:b:max-size", "20")).Lines);

    static void Check((string Key, string? Value)[] right, string key, string? value, string line)
    {
        var values = right.Where(pair => pair.Key != key).Append((Key: key, Value: value)).Select(pair => ("pools:p:" + pair.Key, pair.Value));

        Assert.Equal([$"actorpool:pools:p:{line}"], Configured.Keys([.. values]).Lines);
    }
}
