using ActorPool.Budgets.Book;
using ActorPool.Budgets.Node;
using ActorPool.Budgets.Simulation;
using ActorPool.Budgets.Simulation.Checks;
using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Tests.Simulation;

/// <summary>The simulation's checks, in a plain world in which something is put wrong: they say so.</summary>
public sealed class CheckTests
{
    readonly World _world;
    readonly NodeProcess _process;

    public CheckTests()
    {
        _world = new World(new Schedule(1, Incidents: [], Plain: ulong.MaxValue), trace: null) { IsStormy = false };
        _process = _world.Nodes[0].Start(_world.Connections);
        _world.After(0, _process, _process.Begin);
        Run(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _process.Joins);
        Assert.Null(_world.Violation);
    }

    [Fact]
    public void Pools_with_more_than_the_budget_are_noticed()
    {
        _process.Pools.SetDemand(_world.Connections + 1);
        _process.Pools.Tell(new AgentEffect.Limit(_world.Connections + 1, null));
        Run(TimeSpan.FromMilliseconds(100));

        Assert.Equal("WithinBudget", _world.Violation?.Check);
    }

    [Fact]
    public void More_connections_at_the_server_than_the_budget_are_noticed()
    {
        for (var number = 0; number <= _world.Connections; number++)
        {
            _world.Server.Open(new SimulatedConnection(_process, number));
        }

        Run(_world.Options.RenewInterval * 2);

        Assert.Equal("WithinBudgetAtServer", _world.Violation?.Check);
    }

    [Fact]
    public void Connections_that_come_after_their_node_was_fenced_are_counted_apart()
    {
        _process.Kill();
        var other = _world.Nodes[1].Start(_world.Connections);
        for (var number = 0; number <= _world.Connections; number++)
        {
            _world.Server.Open(new SimulatedConnection(other, number));
        }

        Assert.Equal(0, _world.Server.Counted);
        Assert.Equal(_world.Connections + 1, _world.Tally.LateOpens);
    }

    [Fact]
    public void A_grant_out_of_nothing_is_noticed()
    {
        var (key, value, version) = _world.Engine.State.Find(BookKeys.Book)!;
        _world.Engine.Commit(
            new GrantTransaction
            {
                Budget = "budget",
                Expected = [new GrantExpectation(key, version)],
                Writes = [new GrantWrite(key, value.Replace("\"free\":4", "\"free\":5", StringComparison.Ordinal))],
            },
            _process);

        Assert.Equal("BookAddsUp", _world.Violation?.Check);
    }

    [Fact]
    public void Who_has_not_joined_may_use_nothing() =>
        Assert.NotNull(_world.HasPassed(_world.Nodes[1].Start(_world.Connections)));

    [Fact]
    public void Whose_deadline_has_passed_may_use_nothing()
    {
        Assert.Null(_world.HasPassed(_process));
        _world.Nodes[0].IsCutOff = true;
        Run(_world.Options.Lifetime + _world.Options.RenewInterval);

        Assert.NotNull(_world.HasPassed(_process));
    }

    [Fact]
    public void Many_requests_are_noticed()
    {
        _world.Traffic.Begin();
        for (var id = 1_000; id < 1_100; id++)
        {
            _process.Line.Send(new AgentEffect.Send(id, new GrantTransaction { Budget = "budget" }, TimeSpan.FromSeconds(1)));
        }

        _world.Traffic.EndOfOutage();

        Assert.Equal("LittleTraffic", _world.Violation?.Check);
    }

    [Fact]
    public void A_node_without_its_share_is_noticed()
    {
        var fair = new SharesAreFair(_world);
        Assert.Null(fair.What());
        _process.Pools.SetDemand(3);

        Assert.NotNull(fair.What());

        Run(TimeSpan.FromSeconds(1));

        Assert.Null(fair.What());
    }

    void Run(TimeSpan time) => _world.Run(_world.Now + time.Ticks);
}
