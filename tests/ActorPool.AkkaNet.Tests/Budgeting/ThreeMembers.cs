namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>One cluster for all tests of a class.</summary>
public sealed class ThreeMembers : IAsyncLifetime
{
    public TestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync(members: 3, quorumSize: 2);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
