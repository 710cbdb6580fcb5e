using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Readme;

public sealed class Piper : ReceiveActor
{
    public Piper()
    {
        var pool = ActorPools.For(Context.System).Get<Stream>("echo");
        Receive<Order>(order => SendAsync(pool).PipeTo(Self));
        Receive<Done>(_ => Context.Parent.Tell("sent"));
        Receive<Status.Failure>(failure => throw failure.Cause);
    }

    static async Task<Done> SendAsync(IConnectionPool<Stream> pool)
    {
        using var lease = await pool.AcquireAsync();
        await lease.Connection.WriteAsync("hello\n"u8.ToArray());
        return new Done();
    }

    sealed record Done;
}
