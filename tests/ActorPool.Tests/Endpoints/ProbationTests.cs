using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>After a network fault on one connection the idle ones to the same address are checked before they are handed out.</summary>
public sealed class ProbationTests : VirtualPoolTest
{
    [Fact]
    public void Siblings_are_probed_at_once_and_dead_ones_never_handed_out()
    {
        Connector = new ScriptedConnector<ScriptedConnection>(static context => new ScriptedConnection(context.ConnectionId))
        {
            Steps = ConnectorSteps.Probe,
        };
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; });
        var lease = Acquire(pool);
        foreach (var connection in Connector.Open.Where(connection => connection != lease.Connection).ToList())
        {
            Connector.Kill(connection);
        }

        lease.MarkFaulty(new IOException("reset by peer"));
        lease.Dispose();
        World.Run();

        Assert.Equal(2, Connector.Closed.Count(closed => closed.Reason == CloseReason.ProbeFailed));
        Assert.Equal(3, pool.Snapshot().Idle);
        using var next = Acquire(pool);
        Assert.True(next.ConnectionId > 3);
    }

    [Fact]
    public void Siblings_that_pass_their_probe_stay()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Probe);
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; });
        var lease = Acquire(pool);

        lease.MarkFaulty(new IOException("reset by peer"));
        World.Run();

        Assert.Equal((2, 2), (Connector.Probes.Calls, pool.Snapshot().Idle));
        lease.Dispose();
        World.Run();
        Assert.Single(Connector.Closed);
    }

    [Fact]
    public void Without_a_probe_siblings_are_looked_at_however_short_they_were_idle()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reuse);
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; options.ValidateAfterIdle = Timeout.InfiniteTimeSpan; });
        var lease = Acquire(pool);
        var dead = Connector.Open.Where(connection => connection != lease.Connection).ToList();
        dead.ForEach(Connector.Kill);

        lease.MarkFaulty(new IOException("reset by peer"));
        lease.Dispose();
        World.Run();

        using var next = Acquire(pool);
        Assert.DoesNotContain(next.Connection, dead);
    }

    [Fact]
    public void An_error_that_is_not_the_networks_touches_no_sibling()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Probe);
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; });
        var lease = Acquire(pool);

        lease.MarkFaulty(new InvalidOperationException("protocol error"));
        World.Run();

        Assert.Equal(0, Connector.Probes.Calls);
        lease.Dispose();
    }

    [Fact]
    public void Connections_to_another_address_are_left_alone()
    {
        Connector = new ScriptedConnector<ScriptedConnection>(static context =>
        {
            context.Address = context.ConnectionId % 2 == 0 ? "10.0.0.2" : "10.0.0.1";
            return new ScriptedConnection(context.ConnectionId);
        })
        {
            Steps = ConnectorSteps.Probe,
        };
        var pool = Create(options => { options.MinSize = 4; options.MaxSize = 4; });
        var lease = Acquire(pool);

        lease.MarkFaulty(new IOException("reset by peer", new InvalidOperationException()));
        World.Run();

        Assert.Equal(1, Connector.Probes.Calls);
        lease.Dispose();
    }

    [Fact]
    public void It_can_be_turned_off()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Probe);
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; options.SiblingProbation = false; });
        using var lease = Acquire(pool);

        lease.MarkFaulty(new IOException("reset by peer"));
        World.Run();

        Assert.Equal(0, Connector.Probes.Calls);
    }
}
