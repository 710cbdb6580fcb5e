namespace ActorPool.Tests.Endpoints;

/// <summary>When idle connections are probed.</summary>
public sealed class KeepaliveTests : VirtualPoolTest
{
    [Fact]
    public void The_first_probes_of_connections_opened_together_are_spread()
    {
        Create(options => { options.MinSize = 20; options.MaxSize = 20; options.MaxConcurrentConnects = 20; options.KeepaliveInterval = Seconds(60); });

        World.Advance(Seconds(30));
        Assert.Equal(0, Connector.Probes.Calls);
        World.Advance(Seconds(15));
        Assert.InRange(Connector.Probes.Calls, 4, 16);
        World.Advance(Seconds(15));
        Assert.Equal(20, Connector.Probes.Calls);
    }

    [Fact]
    public void Later_probes_are_spread_over_the_whole_interval_and_come_once_in_each()
    {
        Create(options => { options.MinSize = 600; options.MaxSize = 600; options.MaxConcurrentConnects = 600; options.KeepaliveInterval = Seconds(60); });
        World.Advance(Seconds(60));
        Assert.Equal(600, Connector.Probes.Calls);

        for (var part = 0; part < 12; part++)
        {
            var before = Connector.Probes.Calls;
            World.Advance(Seconds(10));
            Assert.InRange(Connector.Probes.Calls - before, 60, 140);
        }

        // those that were due at the very end of a minute may be just before or after it
        Assert.InRange(Connector.Probes.Calls, 1795, 1805);
    }

    [Fact]
    public void Probes_that_are_due_within_a_thousandth_of_the_interval_come_together()
    {
        var times = new HashSet<long>();
        var connector = global::ActorPool.Connector.Create(
            open: static (_, _) => new ValueTask<object>(new object()),
            probe: (_, _) =>
            {
                times.Add(World.Time.GetTimestamp());
                return default;
            });
        var pool = ConnectionPool.Create(
            connector,
            new PoolOptions { MinSize = 5_000, MaxSize = 5_000, MaxConcurrentConnects = 1_000, KeepaliveInterval = Seconds(60), KeepaliveTimeout = Seconds(1) },
            World.Runtime);

        World.Advance(Seconds(60));

        // half of the interval's thousand, however many connections
        Assert.InRange(times.Count, 400, 501);
        var drained = pool.DrainAsync();
        World.Run();
        Assert.True(drained.IsCompletedSuccessfully);
    }
}
