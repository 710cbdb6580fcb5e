using ActorPool.TestKit;
using Akka.Actor;
using Akka.Event;

namespace ActorPool.AkkaNet.Tests;

/// <summary>What happens in pools, on the system's event stream and for subscribers.</summary>
public sealed class NoticeTests() : PooledSystem(options => (options.MaxSize, options.UnavailableAfter, options.ReconnectBackoff.Initial) = (1, TimeSpan.Zero, TimeSpan.FromMilliseconds(1)))
{
    [Fact]
    public async Task Opened_and_closed_connections_are_told_with_their_paths()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(PoolNotice));

        var lease = await LeaseAsync();
        lease.MarkFaulty(new IOException("reset"));
        lease.Dispose();

        var opened = ExpectMsg<PoolNotice>(Patience);
        Assert.IsType<ConnectionOpened>(opened.Event);
        Assert.Equal("akka://test/user/actorpool/cache/connection-1", opened.Path.ToString());
        var closed = FishForMessage<PoolNotice>(notice => notice.Event is ConnectionClosed, Patience);
        Assert.Equal(opened.Path, closed.Path);
        Assert.Equal(CloseReason.Fault, ((ConnectionClosed)closed.Event).Reason);
    }

    [Fact]
    public async Task An_endpoint_that_becomes_unavailable_and_heals_is_told()
    {
        Connector.Opens.Next(StepPlan.Fail(new IOException("refused")));
        Cache.Tell(Subscribe.Instance, TestActor);
        Assert.Equal("cache", ExpectMsg<Subscribed>(Patience).Pool);

        await Assert.ThrowsAsync<EndpointUnavailableException>(() => LeaseAsync());

        var failed = ExpectMsg<PoolNotice>(Patience);
        Assert.Equal(PoolHealth.Unavailable, Assert.IsType<OpenFailed>(failed.Event).Health);
        var healed = FishForMessage<PoolNotice>(notice => notice.Event is EndpointRecovered, Patience);
        Assert.Equal(Cache.Path, healed.Path);
    }

    [Fact]
    public async Task Who_has_unsubscribed_is_told_nothing_more()
    {
        Cache.Tell(Subscribe.Instance, TestActor);
        ExpectMsg<Subscribed>(Patience);
        Cache.Tell(Unsubscribe.Instance, TestActor);
        await Cache.Ask<PoolReply>(new TakeSnapshot(), Patience);
        var other = CreateTestProbe();
        Sys.EventStream.Subscribe(other.Ref, typeof(PoolNotice));

        (await LeaseAsync()).Dispose();

        other.ExpectMsg<PoolNotice>(Patience);
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task Who_asks_instead_of_telling_is_refused_and_nobody_is_told_in_his_place()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Cache.Ask<Subscribed>(Subscribe.Instance, Patience));
        Cache.Tell(Subscribe.Instance, ActorRefs.NoSender);

        Assert.Contains("Send Subscribe by Tell", error.Message, StringComparison.Ordinal);
        Assert.IsType<Status.Failure>(ExpectMsg<DeadLetter>(Patience).Message);
        var subscriber = CreateTestProbe();
        Cache.Tell(Subscribe.Instance, subscriber.Ref);
        subscriber.ExpectMsg<Subscribed>(Patience);
        (await LeaseAsync()).Dispose();
        subscriber.ExpectMsg<PoolNotice>(Patience);
        Assert.False(HasMessages);
    }
}
