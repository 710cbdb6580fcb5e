using ActorPool.Redis;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Faults.Subjects;

/// <summary>ECHO of a real Redis.</summary>
sealed class RedisSubject(RedisServer server) : Subject
{
    public override string Name => "Redis";

    public override int Port => server.Port;

    public static async Task<Subject> StartAsync() => new RedisSubject(await RedisServer.StartAsync());

    public override ISession Begin(FaultProxy proxy) => new PoolSession<RedisConnection>(
        ConnectionPool.Create(new RedisConnector(new RedisOptions { Host = proxy.Host, Port = proxy.Port }), Options(Name)),
        static async (connection, question, token) => (await connection.ExecuteAsync("ECHO", [question], token)).AsString() ?? "");

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
