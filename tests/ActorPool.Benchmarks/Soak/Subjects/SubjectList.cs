using ActorPool.Redis;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Soak.Subjects;

/// <summary>The pools of a soak.</summary>
static class SubjectList
{
    const int Tenants = 24;
    const int TenantPoolsMax = 8;

    /// <summary>Makes them, on one runtime.</summary>
    public static IReadOnlyList<Subject> Create(Surroundings surroundings, PoolRuntime runtime, PlantedLeak leak, int seed)
    {
        List<Subject> subjects =
        [
            OfStreams("TCP", surroundings.Tcp, tls: false, runtime, leak, seed),
            OfStreams("TLS", surroundings.Tls, tls: true, runtime, leak, seed + 1_000),
            Directory(surroundings.Tenants, runtime, leak, seed + 2_000),
            Group(surroundings.Members, runtime, leak, seed + 3_000),
        ];
        if (surroundings.Redis is { } redis)
        {
            subjects.Add(OfRedis(redis, runtime, leak, seed + 4_000));
        }

        return subjects;
    }

    static Subject<Stream> OfStreams(string name, FaultProxy proxy, bool tls, PoolRuntime runtime, PlantedLeak leak, int seed)
    {
        var options = Options(name, min: 3, max: 6);
        options.LeakDetection = tls ? LeakDetection.Off : LeakDetection.All;
        var pool = ConnectionPool.Create(Connector(proxy, tls), options, runtime);
        return new Subject<Stream>(name, 12, pool, _ => pool, Lines.AskAsync, leak, seed);
    }

    static Subject<RedisConnection> OfRedis(FaultProxy proxy, PoolRuntime runtime, PlantedLeak leak, int seed)
    {
        var connector = new RedisConnector(new RedisOptions { Host = proxy.Host, Port = proxy.Port });
        var pool = ConnectionPool.Create(connector, Options("Redis", min: 3, max: 6), runtime);
        return new Subject<RedisConnection>(
            "Redis",
            12,
            pool,
            _ => pool,
            static async (connection, question, token) => (await connection.ExecuteAsync("ECHO", [question], token)).AsString() ?? "",
            leak,
            seed);
    }

    /// <summary>Tenants that come and go: three times as many as the directory keeps pools for, and none keeps a connection that nobody uses.</summary>
    static Subject<Stream> Directory(FaultProxy proxy, PoolRuntime runtime, PlantedLeak leak, int seed)
    {
        var directory = new PoolDirectory<Stream>(
            _ => Connector(proxy, tls: false),
            new PoolDirectoryOptions { Name = "tenants", MaxPools = TenantPoolsMax, Pool = Options("tenant", min: 0, max: 2) },
            runtime);
        var tenants = Enumerable.Range(0, Tenants).Select(number => new Endpoint(proxy.Host, proxy.Port, $"tenant{number}")).ToArray();
        return new Subject<Stream>(
            $"{Tenants} tenants, {TenantPoolsMax} pools", 16, directory, dice => directory.GetPool(tenants[dice.Next(Tenants)]), Lines.AskAsync, leak, seed);
    }

    static Subject<Stream> Group(IReadOnlyList<FaultProxy> proxies, PoolRuntime runtime, PlantedLeak leak, int seed)
    {
        var group = new ReplicaGroup<Stream>(
            member => Connector(proxies.Single(proxy => proxy.Port == member.Address.Port), tls: false),
            proxies.Select(static proxy => new Endpoint(proxy.Host, proxy.Port)),
            new ReplicaGroupOptions<Stream>
            {
                Pool = Options("replicas", min: 2, max: 4),
                HedgeDelay = TimeSpan.FromMilliseconds(20),
                BaseEjectionTime = TimeSpan.FromMilliseconds(200),
                MaxEjectionTime = TimeSpan.FromSeconds(1),
            },
            runtime);
        return new Subject<Stream>($"group of {proxies.Count}", 16, group, _ => group, Lines.AskAsync, leak, seed);
    }

    static TcpConnector Connector(FaultProxy proxy, bool tls) => new(proxy.Host, proxy.Port, new TcpConnectorOptions
    {
        Tls = tls ? new TlsOptions { CaCertificates = [TestCertificates.Ca] } : null,
        Handshake = static async (stream, _, token) => await Lines.AskAsync(stream, "hello", token),
        Probe = static async (stream, token) => await Lines.AskAsync(stream, "probe", token),
    });

    /// <summary>Everything that a pool does by itself happens many times in a minute.</summary>
    static PoolOptions Options(string name, int min, int max) => new()
    {
        Name = name,
        MinSize = min,
        MaxSize = max,
        AcquireTimeout = TimeSpan.FromMilliseconds(500),
        ConnectTimeout = TimeSpan.FromMilliseconds(400),
        UnavailableAfter = TimeSpan.FromSeconds(1),
        KeepaliveInterval = TimeSpan.FromMilliseconds(300),
        KeepaliveTimeout = TimeSpan.FromMilliseconds(200),
        IdleTimeout = TimeSpan.FromMilliseconds(400),
        MaxLifetime = TimeSpan.FromSeconds(5),
        CloseTimeout = TimeSpan.FromMilliseconds(500),
        DrainTimeout = TimeSpan.FromSeconds(2),
        ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Max = TimeSpan.FromMilliseconds(100) },
    };
}
