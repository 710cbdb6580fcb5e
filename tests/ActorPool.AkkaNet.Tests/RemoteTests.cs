using System.Runtime.Serialization;
using ActorPool.TestKit;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Who asks from another process is refused with a reason, and no lease leaves this one.</summary>
public sealed class RemoteTests : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly ActorSystem _near = NewSystem("near");
    readonly ActorSystem _far = NewSystem("far");

    public async ValueTask DisposeAsync()
    {
        await _near.Terminate();
        await _far.Terminate();
    }

    [Fact]
    public async Task A_sender_in_another_process_is_refused()
    {
        var pools = ActorPools.For(_near);
        var address = ((ExtendedActorSystem)_near).Provider.DefaultAddress;
        var path = $"{address}/user/actorpool/cache";

        var error = await Assert.ThrowsAnyAsync<Exception>(() => _far.ActorSelection(path).AskLeaseAsync<ScriptedConnection>(new AcquireLease(Patience)));

        Assert.Contains("answers actors of its own process only", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, pools.Get<ScriptedConnection>("cache").Snapshot().Acquired);
    }

    [Fact]
    public void What_carries_a_lease_is_not_serialized()
    {
        ActorPools.For(_near);
        var message = new LeaseGranted<ScriptedConnection>(default);

        var error = Assert.Throws<SerializationException>(() => _near.Serialization.FindSerializerFor(message).ToBinary(message));

        Assert.Contains("cannot be sent to another process", error.Message, StringComparison.Ordinal);
    }

    static ActorSystem NewSystem(string name) => ActorSystem.Create(
        name,
        BootstrapSetup.Create()
            .WithConfig(ConfigurationFactory.ParseString(
                "akka { loglevel = ERROR, actor.provider = remote, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }"))
            .And(new ActorPoolSetup(pools => pools.Add("cache", _ => ScriptedConnection.Connector()))));
}
