using ActorPool.TestKit;

namespace ActorPool.Tests.Routing;

/// <summary>A group under many threads, with members that fail.</summary>
[Collection(RealThreads.Name)]
public sealed class ReplicaGroupThreadsTests
{
    [Theory]
    [InlineData(RoutingStrategy.RoundRobin)]
    [InlineData(RoutingStrategy.LeastLeased)]
    [InlineData(RoutingStrategy.PowerOfTwoChoices)]
    [InlineData(RoutingStrategy.ConsistentHash)]
    [InlineData(RoutingStrategy.FirstHealthy)]
    public async Task Every_acquire_is_answered_and_counted_once_and_no_lease_is_lost(RoutingStrategy strategy)
    {
        const int Workers = 8;
        const int Acquires = 250;
        var failing = 0;
        var connectors = new Dictionary<string, ScriptedConnector<ReplicaConnection>>();
        foreach (var member in new[] { "a", "b", "c" })
        {
            connectors[member] = new ScriptedConnector<ReplicaConnection>(context =>
                member == "b" && Interlocked.Increment(ref failing) % 3 != 0
                    ? throw new IOException("refused")
                    : new ReplicaConnection(member, context.ConnectionId));
        }

        await using var group = new ReplicaGroup<ReplicaConnection>(
            target => connectors[target.Address.Host],
            connectors.Keys.Select(member => new Endpoint(member)),
            new ReplicaGroupOptions<ReplicaConnection>
            {
                Strategy = strategy,
                HedgeDelay = TimeSpan.FromMilliseconds(1),
                EjectAfterFaults = 3,
                BaseEjectionTime = TimeSpan.FromMilliseconds(5),
                Pool = { MaxSize = 2, ReconnectBackoff = { Initial = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(2) } },
            });

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < Acquires; i++)
            {
                await using var lease = await group.AcquireAsync(new ReplicaRequest(Key: $"{worker}"));
                Assert.True(lease.IsActive);
                if (i % 11 == 0)
                {
                    lease.MarkFaulty(new IOException("reset"));
                }
                else if (i % 7 == 0)
                {
                    await Task.Yield();
                }
            }
        })));

        // What was granted too late goes back on its own.
        Assert.True(
            SpinWait.SpinUntil(() => group.Snapshot() is { Leased: 0, Waiting: 0 }, TimeSpan.FromSeconds(30)),
            group.Snapshot().ToString());
        Assert.Equal(Workers * Acquires, group.Snapshot().Acquired);
        Assert.All(group.Members, member => Assert.Equal(0, member.Pool.Waiting));
        Assert.All(connectors.Values, connector => Assert.Empty(connector.Violations));
    }
}
