using ActorPool.Benchmarks.Reporting;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Benchmarks.Soak;

/// <summary>What is there from the beginning to the end of a soak: servers, and the proxies in front of them, each with its weather.</summary>
sealed class Surroundings : IAsyncDisposable
{
    public const int Replicas = 3;

    readonly EchoServer _plain = EchoServer.Start();
    readonly EchoServer _secure = EchoServer.Start(tls: true);
    readonly RedisServer? _redis;
    readonly List<Weather> _weathers = [];

    Surroundings(RedisServer? redis, int seed)
    {
        _redis = redis;
        Tcp = Open(_plain.Port, seed);
        Tls = Open(_secure.Port, seed);
        Tenants = Open(_plain.Port, seed);
        Members = [.. Enumerable.Range(0, Replicas).Select(_ => Open(_plain.Port, seed))];
        Redis = redis is null ? null : Open(redis.Port, seed);
    }

    public FaultProxy Tcp { get; }

    public FaultProxy Tls { get; }

    public FaultProxy Tenants { get; }

    public IReadOnlyList<FaultProxy> Members { get; }

    /// <summary>Null where there is no Redis.</summary>
    public FaultProxy? Redis { get; }

    /// <summary>How many connections there are through all proxies, as the clients' ends see it.</summary>
    public int Connections => _weathers.Sum(static weather => weather.Proxy.Live);

    /// <summary>How many connections were accepted.</summary>
    public int Accepted => _weathers.Sum(static weather => weather.Proxy.Accepted);

    /// <summary>How often it was bad in which way, in the order of the alphabet.</summary>
    public IEnumerable<(string Name, int Count)> Spells => _weathers
        .SelectMany(static weather => weather.Spells)
        .GroupBy(static spell => spell.Key, static spell => spell.Value, StringComparer.Ordinal)
        .OrderBy(static spells => spells.Key, StringComparer.Ordinal)
        .Select(static spells => (spells.Key, spells.Sum()));

    public static Surroundings Start(int seed, Report report) =>
        new(OptionalServer.TryStart(static () => RedisServer.StartAsync(), report), seed);

    /// <summary>Bad weather everywhere, for so long.</summary>
    public Task StormAsync(TimeSpan length) => Task.WhenAll(_weathers.Select(weather => weather.StormAsync(length)));

    public async ValueTask DisposeAsync()
    {
        foreach (var weather in _weathers)
        {
            await weather.Proxy.DisposeAsync();
        }

        await _plain.DisposeAsync();
        await _secure.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    FaultProxy Open(int port, int seed)
    {
        var weather = new Weather(FaultProxy.Start("127.0.0.1", port, (ulong)seed), seed + _weathers.Count);
        _weathers.Add(weather);
        return weather.Proxy;
    }
}
