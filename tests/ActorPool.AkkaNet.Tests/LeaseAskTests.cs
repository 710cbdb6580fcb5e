using ActorPool.AkkaNet.Tests.Support;
using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Who asks and awaits waits by the request's limit, or the pool's, and not for an actor that is not there.</summary>
public sealed class LeaseAskTests() : PooledSystem(options => options.MaxSize = 1, "akka.actor.ask-timeout = 1ms")
{
    [Theory]
    [InlineData(20.0)]
    [InlineData(null)]
    public async Task A_lease_is_waited_for_longer_than_the_ask_timeout_of_akka(double? seconds)
    {
        var first = await LeaseAsync();
        var asking = Cache.AskLeaseAsync<ScriptedConnection>(new AcquireLease(seconds is { } limit ? TimeSpan.FromSeconds(limit) : null), Soon);
        await UntilAsync(pool => pool.Waiting == 1);
        await Assert.ThrowsAsync<AskTimeoutException>(() => Sys.ActorOf<SilentActor>().Ask("anything"));

        first.Dispose();

        (await asking).Dispose();
    }

    [Fact]
    public async Task A_path_is_as_good_as_an_actor()
    {
        (await Pools.Endpoint("cache").AskLeaseAsync<ScriptedConnection>(default, Soon)).Dispose();
    }

    [Fact]
    public async Task A_pools_actor_that_has_stopped_and_a_path_that_leads_nowhere_are_not_waited_for()
    {
        await Cache.GracefulStop(Patience);

        var stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => Cache.AskLeaseAsync<ScriptedConnection>(default, Soon));
        var nowhere = await Assert.ThrowsAsync<InvalidOperationException>(() => Pools.Endpoint("nowhere").AskLeaseAsync<ScriptedConnection>(default, Soon));

        Assert.Contains("there is no such actor, or it has stopped", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", nowhere.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_answered_hears_so_a_little_after_his_limit()
    {
        var error = await Assert.ThrowsAsync<TimeoutException>(() => Sys.ActorOf<SilentActor>().AskLeaseAsync<ScriptedConnection>(new AcquireLease(TimeSpan.FromMilliseconds(1))));

        Assert.Contains("has not answered for 5 s after the request's time limit of 0.001 s", error.Message, StringComparison.Ordinal);
    }
}
