using ActorPool;
using ActorPool.TestKit;

namespace TestingYourService;

/// <summary>Chance decides what goes wrong; the seed decides chance. One that fails becomes an InlineData of its own.</summary>
public sealed class SeededTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_goes_wrong_who_asks_has_an_answer_within_three_seconds(ulong seed)
    {
        var world = new VirtualRuntime(seed);
        var server = new ScriptedConnector<IPriceConnection>((_, server) => new FakePriceConnection(server));
        var pool = ConnectionPool.Create(server, PriceService.PoolOptions, world.Runtime);
        var service = new PriceService(pool, world.Time);
        var last = world.Await(() => service.GetAsync("tea"));

        for (var i = 0; i < 100; i++)
        {
            server.Operations.Next(Any(world.Random));
            server.Opens.Next(Any(world.Random));
            var answer = world.Start(() => service.GetAsync("tea"));
            world.Advance(TimeSpan.FromMilliseconds(world.Random.Next(1_000)));
            Assert.InRange(world.Await(answer, within: TimeSpan.FromSeconds(3)).AsOf, last.AsOf, world.Time.GetUtcNow());
        }

        world.Await(service.StopAsync);
        Assert.Equal(0, pool.Snapshot().Size);
        Assert.Empty(server.Violations);
    }

    static StepPlan Any(SeededRandom random) => random.Next(4) switch
    {
        0 => StepPlan.Fail(new IOException("reset by peer")),
        1 => StepPlan.Hang,
        2 => StepPlan.After(TimeSpan.FromMilliseconds(random.Next(5_000))),
        _ => StepPlan.Succeed,
    };
}
