using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Who does not say for which pool a message is, or says it where there is no choice, is told so: nobody waits for an answer that never comes.</summary>
public sealed class AddressingTests() : PooledSystem(more: pools => pools.AddDirectory("tenants", (_, _) => ScriptedConnection.Connector()))
{
    const string SayWhich = "Directory 'tenants' has a pool for every endpoint: say which one (ForPool.Key";

    [Fact]
    public async Task A_directory_without_a_key_is_answered_with_how_to_say_it()
    {
        var router = Pools.Router;

        Assert.Contains(SayWhich, await RefusalAsync(router, new ForPool("tenants", default(AcquireLease))), StringComparison.Ordinal);
        Assert.Contains(SayWhich, await FailureAsync(router, new ForPool("tenants", new TakeSnapshot())), StringComparison.Ordinal);
        Assert.Contains(SayWhich, await FailureAsync(router, new ForPool("tenants", Subscribe.Instance)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directorys_own_actor_answers_what_has_no_key_and_takes_what_has_one()
    {
        var directory = await Sys.ActorSelection("/user/actorpool/tenants").ResolveOne(Patience);

        Assert.Contains(SayWhich, await RefusalAsync(directory, default(AcquireLease)), StringComparison.Ordinal);
        Assert.Contains(SayWhich, await FailureAsync(directory, new TakeSnapshot()), StringComparison.Ordinal);
        Assert.Contains(SayWhich, await RefusalAsync(directory, new ForPool("tenants", default(AcquireLease))), StringComparison.Ordinal);
        (await directory.Ask<LeaseGranted<ScriptedConnection>>(new ForPool("tenants", default(AcquireLease), "db:5432/a"), Patience)).Claim().Dispose();
    }

    [Fact]
    public async Task A_key_for_a_pool_that_is_no_directory_is_answered_with_the_hint_to_leave_it_out()
    {
        const string LeaveOut = "Pool 'cache' is no directory, and has no pool 'x' in it: leave out ForPool.Key.";

        Assert.Equal(LeaveOut, await RefusalAsync(Pools.Router, new ForPool("cache", default(AcquireLease), "x")));
        Assert.Equal(LeaveOut, await FailureAsync(Pools.Router, new ForPool("cache", new TakeSnapshot(), "x")));
        Assert.Contains("ForPool is for /user/actorpool", await RefusalAsync(Cache, new ForPool("cache", default(AcquireLease))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_router_answers_what_is_for_no_pool_with_how_to_say_it()
    {
        Assert.Contains("AcquireLease says no pool", await RefusalAsync(Pools.Router, default(AcquireLease)), StringComparison.Ordinal);
        Assert.Contains("ForPool(pool, message)", await FailureAsync(Pools.Router, new TakeSnapshot()), StringComparison.Ordinal);
    }

    static async Task<string> RefusalAsync(IActorRef actor, object message) => (await actor.Ask<LeaseRefused>(message, Patience)).Failure.Message;

    static async Task<string> FailureAsync(IActorRef actor, object message) => (await actor.Ask<Status.Failure>(message, Patience)).Cause.Message;
}
