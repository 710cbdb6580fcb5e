using System.Globalization;
using ActorPool.Benchmarks.Loopback;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>
/// The least that is a real request: 100 bytes over a loopback socket and back, on a connection leased for it. No request
/// over a network is as short.
/// </summary>
sealed class RequestScenario(int callers, int poolSize, LoopbackEcho server) : CallersScenario(callers, poolSize)
{
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"request-{PoolSize}-{Tasks}");

    public override string Title => string.Create(CultureInfo.InvariantCulture, $"{Tasks} callers on a pool of {PoolSize}, a round trip while holding");

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        new RequestContender(Names.ActorPool, size => PoolRequests.OpenAsync(server, size)),
        new RequestContender(Names.Channel, size => ChannelRequests.OpenAsync(server, size)),
        new RequestContender(Names.Semaphore, size => SemaphoreRequests.OpenAsync(server, size)),
    ];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        throw new NotSupportedException("The candidates with sockets bring their own work.");
}
