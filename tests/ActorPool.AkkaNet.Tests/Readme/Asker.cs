using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Readme;

public sealed class Asker : ReceiveActor
{
    public Asker()
    {
        var echo = ActorPools.For(Context.System).Endpoint("echo");
        ReceiveAsync<Order>(async order =>
        {
            var request = new AcquireLease(TimeSpan.FromSeconds(2), Context.LeaseHolder());
            using var lease = await echo.AskLeaseAsync<Stream>(request);
            await lease.Connection.WriteAsync("hello\n"u8.ToArray());
        });
    }
}
