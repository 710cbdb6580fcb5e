using Akka;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.AkkaNet.Running;

/// <summary>The end of the pools in the life of an actor system.</summary>
static class PoolShutdown
{
    // So much of the phase's time is for closing what was cut.
    static readonly TimeSpan CutTime = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// They are drained when requests are done and before services stop, for as long as that phase may take; then leases are cut. A system that ends without its coordinated
    /// shutdown closes them as well.
    /// </summary>
    public static void Register(ExtendedActorSystem system, PoolSources pools, ServiceProvider? own)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "actorpool-drain", async () =>
        {
            var phase = shutdown.Timeout(CoordinatedShutdown.PhaseServiceRequestsDone);
            using var patience = new CancellationTokenSource(phase > CutTime ? phase - CutTime : TimeSpan.Zero);
            await pools.DrainAsync(patience.Token).ConfigureAwait(false);
            return Done.Instance;
        });
        if (own is not null)
        {
            system.RegisterOnTermination(own.Dispose);
        }
    }
}
