using Akka.Actor;
using Akka.Event;
using Akka.Hosting;

namespace ActorPool.AkkaNet.Tests.Readme;

public sealed class Teller : ReceiveActor
{
    readonly ILoggingAdapter _log = Context.GetLogger();

    public Teller(IRequiredActor<PoolRouter> pools)
    {
        Receive<Order>(order => pools.ActorRef.Tell(new ForPool("echo", new AcquireLease(Holder: Context.LeaseHolder()))));
        ReceiveAsync<LeaseGranted<Stream>>(async granted =>
        {
            using var lease = granted.Claim();
            await lease.Connection.WriteAsync("hello\n"u8.ToArray());
        });
        Receive<LeaseRefused>(refused => _log.Warning("No connection: {0}", refused.Failure.Message));
    }
}
