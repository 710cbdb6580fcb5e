using System.Net;
using System.Security.Authentication;
using ActorPool.Data;
using ActorPool.Hosting.Configuration;
using ActorPool.Http;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>The files in hocon/examples say what they claim to.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public void Every_example_is_described_and_has_no_problem()
    {
        var examples = Repository.FilesIn("hocon/examples", "*.conf").ToList();

        Assert.Equal(6, examples.Count);
        Assert.All(examples, file => Assert.Contains($"]({Path.GetFileName(file)})", Repository.Read("hocon/examples/README.md"), StringComparison.Ordinal));
        Assert.All(examples, file => Assert.Empty(Configured.Hocon(Repository.Read(file)).Lines));
    }

    [Fact]
    public void A_single_endpoint()
    {
        var configured = Example("single-endpoint.conf");
        var (options, tcp) = (Assert.Single(configured.Pools).Value.Options, configured.Connector<TcpEntry>("echo"));

        Assert.Equal(("echo.internal", 7, SslProtocols.Tls13), (tcp.Host, tcp.Port, tcp.Tcp.Tls?.MinimumVersion));
        Assert.Equal(
            ("echo", 2, 8, TimeSpan.FromSeconds(3), 100, 3, true),
            (options.Name, options.MinSize, options.MaxSize, options.AcquireTimeout, options.MaxWaiters, options.Retry.MaxAttempts, options.Retry.IsIdempotent));
    }

    [Fact]
    public void Replicas()
    {
        var configured = Example("replicas.conf");
        var (mirrors, workers, ledger) =
            (configured.Connector<TcpEntry>("mirrors"), configured.Connector<TcpEntry>("workers"), configured.Connector<DatabaseEntry>("ledger"));

        Assert.All(configured.Pools.Values, pool => Assert.Equal(PoolKind.Replicas, pool.Kind));
        Assert.Equal(["a.internal:7", "b.internal:7", "c.internal:7"], mirrors.Endpoints.Select(endpoint => endpoint.ToString()));
        Assert.Equal((RoutingStrategy.PowerOfTwoChoices, 3, 50), (mirrors.Replicas.Strategy, mirrors.Replicas.EjectAfterFaults, mirrors.Replicas.HedgeDelay.Milliseconds));
        Assert.Equal((RoutingStrategy.LeastLeased, true, 10), (workers.Replicas.Strategy, workers.Replicas.ResolveNames, workers.Replicas.ResolveInterval.Seconds));
        Assert.Equal((RoutingStrategy.FirstHealthy, 3, "Npgsql"), (ledger.Replicas.Strategy, ledger.Replicas.EjectAfterFaults, ledger.Provider));
        Assert.Equal("app", ledger.Login.UserName);
    }

    [Fact]
    public async Task Many_tenants()
    {
        var configured = Example("many-tenants.conf");
        var database = configured.Connector<DatabaseEntry>("tenants");
        var directory = Assert.IsType<PoolDirectoryOptions>(database.Directory);

        Assert.Equal((PoolKind.Directory, 500, DbReset.Session), (configured.Pools["tenants"].Kind, directory.MaxPools, database.Connector.Reset));
        Assert.Equal((4, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2)), (directory.Pool.MaxSize, directory.Pool.IdleTimeout, directory.Pool.AcquireTimeout));
        Assert.Equal("app", (await directory.DefaultCredentials!.GetAsync(endpoint: null, default)).UserName);
        Assert.Equal("archivist", (await directory.CredentialsByHost["archive.internal"].GetAsync(endpoint: null, default)).UserName);
    }

    [Fact]
    public void S3_as_users_of_boto3_know_it()
    {
        var http = Example("s3.conf").Connector<HttpPoolOptions>("s3");

        Assert.Equal(
            (10, WhenExhausted.OpenTransient, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20), TimeSpan.Zero),
            (http.Pool.MaxSize, http.Pool.WhenExhausted, http.Pool.ConnectTimeout, http.Pool.IdleTimeout, http.Pool.UnavailableAfter));
        Assert.Equal((3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)), (http.Retry.MaxAttempts, http.Retry.Delay, http.Retry.MaxDelay));
        Assert.True(http.Retry.StatusCodes.SetEquals([
            HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway,
            HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
        ]));
        Assert.Equal((true, false, false, true), (http.Tcp.KeepAlive, http.AllowAutoRedirect, http.UseCookies, http.UseProxy));
    }

    [Fact]
    public void Redis_under_TLS_with_a_login_from_the_environment()
    {
        var certificate = typeof(PoolOptions).Assembly.Location;
        Environment.SetEnvironmentVariable("REDIS_PASSWORD", "hunter2");
        Environment.SetEnvironmentVariable("REDIS_CA_FILE", certificate);
        var configured = Example("redis-tls.conf");
        var (cache, queue) = (configured.Connector<RedisEntry>("cache").Connection, configured.Connector<RedisEntry>("queue").Connection);

        Assert.Equal(("rediss://cache.internal:6380/0", "app", "hunter2", "shop"), (cache.ToString(), cache.UserName, cache.Password, cache.ClientName));
        Assert.Equal((certificate, SslProtocols.Tls12), (cache.Tcp.Tls?.CaFile, cache.Tcp.Tls?.MinimumVersion));
        Assert.Equal(("rediss://cache.internal:6380/1", TimeSpan.FromMinutes(1), "hunter2"), (queue.ToString(), queue.CommandTimeout, queue.Password));
        Assert.Equal(
            (2, 32, 4, TimeSpan.FromSeconds(15)),
            (configured.Pools["cache"].Options.MinSize, configured.Pools["cache"].Options.MaxSize, configured.Pools["queue"].Options.MaxSize, configured.Pools["queue"].Options.KeepaliveInterval));
    }

    [Fact]
    public void What_is_wrong_in_a_file_is_told_with_its_line_and_column()
    {
        var folder = Directory.CreateTempSubdirectory("actorpool-examples-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "pools.conf"), """
                actorpool {
                  acquire-timeout = 15 parsecs
                  pools {
                    cache {
                      redis { }, max-sise = 4
                    }
                    echo.tcp { host = a }
                    two { redis { }, tcp { host = a, port = 7 } }
                  }
                }
                """);

            Assert.Equal(
                [
                    "pools.conf:2:3: actorpool:acquire-timeout is \"15 parsecs\": a time such as 15s, 100ms, 5m or infinite is expected",
                    "pools.conf:5:18: actorpool:pools:cache:max-sise is no option of a pool; did you mean max-size?",
                    "pools.conf:8:5: actorpool:pools:two has 2 connectors (redis, tcp): a pool has one",
                    "pools.conf:7:10: actorpool:pools:echo:tcp has a host and no port",
                ],
                Configured.HoconFile(folder, "pools.conf").Lines.Select(line => line.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Configured Example(string name) => Configured.Hocon(Repository.Read($"hocon/examples/{name}"));
}
