using ActorPool.TestKit;

namespace ActorPool.Tests.PublicApi;

/// <summary>Nothing becomes public, changes or disappears without somebody meaning it.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(PoolOptions), "src/ActorPool/PublicAPI.txt")]
    [InlineData(typeof(Redis.RedisPool), "src/ActorPool.Redis/PublicAPI.txt")]
    [InlineData(typeof(VirtualRuntime), "src/ActorPool.TestKit/PublicAPI.txt")]
    [InlineData(typeof(Data.PooledDbDataSource), "src/ActorPool.Data/PublicAPI.txt")]
    [InlineData(typeof(ActorPool.Http.HttpPools), "src/ActorPool.Http/PublicAPI.txt")]
    [InlineData(typeof(Hocon.HoconException), "src/ActorPool.Hocon/PublicAPI.txt")]
    [InlineData(typeof(Hosting.PoolsBuilder), "src/ActorPool.Hosting/PublicAPI.txt")]
    [InlineData(typeof(Budgets.ClusterBudget), "src/ActorPool.Budgets/PublicAPI.txt")]
    [InlineData(typeof(Dashboard.DashboardOptions), "src/ActorPool.Dashboard/PublicAPI.txt")]
    public void The_public_surface_is_the_committed_one(Type one, string file) =>
        CommittedApi.Check(one.Assembly, Repository.PathOf(file));

    [Fact]
    public void The_text_tells_members_of_every_kind_apart()
    {
        var lines = ApiText.LinesOf(typeof(PoolOptions).Assembly);

        Assert.Contains("enum ActorPool.IdleOrder : int", lines);
        Assert.Contains("ActorPool.IdleOrder.Lifo = 0", lines);
        Assert.Contains("ActorPool.PoolOptions.MaxSize { get; set; } : int", lines);
        Assert.Contains("ActorPool.PoolOptions.ctor()", lines);
        Assert.Contains("static ActorPool.PoolRuntime.Default { get; } : ActorPool.PoolRuntime", lines);
        Assert.Contains("interface ActorPool.IConnectionPool<TConnection> : ActorPool.IConnectionPool where TConnection : class", lines);
        Assert.Contains("abstract ActorPool.IConnectionPool<TConnection>.TryAcquire(out ActorPool.Lease<TConnection> lease) : bool", lines);
        Assert.Contains(
            "abstract ActorPool.IConnectionPool<TConnection>.Acquire(System.TimeSpan? timeout = null) : ActorPool.Lease<TConnection>",
            lines);
        Assert.DoesNotContain(lines, line => line.Contains("InlineMailbox", StringComparison.Ordinal));
    }
}
