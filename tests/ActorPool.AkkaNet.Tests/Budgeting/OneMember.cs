namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>One cluster for all tests of a class.</summary>
public sealed class OneMember : IAsyncLifetime
{
    public TestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync(members: 1, quorumSize: 1);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
