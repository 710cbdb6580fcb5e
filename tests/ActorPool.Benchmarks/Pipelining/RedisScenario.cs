using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Redis;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>
/// (redis) What ActorPool.Redis costs beside sockets that speak the same bytes: as many callers as connections, each with
/// pipelines of so many GETs of 100 bytes.
/// </summary>
sealed class RedisScenario(int port, int depth) : Scenario
{
    public const string KeyName = "benchmark:key";
    public const int ValueLength = 100;

    const string Raw = "raw sockets";
    const string Again = "raw sockets again";
    const string Ours = "ActorPool.Redis";

    public int Depth => depth;

    public override string Key => $"redis-{depth}";

    public override string Title => string.Create(
        CultureInfo.InvariantCulture, $"(redis) {Tasks} callers on {PoolSize} connections, a lease for every pipeline of {depth} GET{(depth == 1 ? "" : "s")}");

    public override int Tasks => 8;

    public override IReadOnlyList<string> References => [Raw];

    public override int Length => 2;

    public override IReadOnlyList<Contender> Contenders(Field field) =>
    [
        new RedisContender(Raw, size => RawCandidate.OpenAsync(port, size)),
        new RedisContender(Ours, size => PoolCandidate.OpenAsync(port, RedisProtocol.Resp2, size)),
        new RedisContender(Again, size => RawCandidate.OpenAsync(port, size)),
        new RedisContender($"{Ours}, RESP3", size => PoolCandidate.OpenAsync(port, RedisProtocol.Resp3, size)),
        .. depth == 1 ? [new RedisContender($"{Ours}, single commands", size => CommandCandidate.OpenAsync(port, size))] : Array.Empty<Contender>(),
    ];

    public override Task WorkAsync<TPool, TLease>(TPool pool, Worker worker) =>
        throw new NotSupportedException("The candidates of Redis bring their own work.");

    public override IEnumerable<Target> Judge(ScenarioResult result)
    {
        var (ours, raw) = (result[Ours], result[Raw]);
        yield return Target.AtLeast(
            string.Create(CultureInfo.InvariantCulture, $"(redis) depth {depth}: throughput over raw sockets (raw over raw: {result[Again].ThroughputOver(raw):0.00})"),
            ours.ThroughputOver(raw),
            0.95);
        yield return Target.NoBytes(
            string.Create(CultureInfo.InvariantCulture, $"(redis) depth {depth}: bytes per command"), ours.BytesPerLease / depth);
    }

    /// <summary>Whether a reply has the length of the value.</summary>
    public static void Check(int length)
    {
        if (length != ValueLength)
        {
            throw new InvalidDataException($"A reply has {length} bytes.");
        }
    }
}
