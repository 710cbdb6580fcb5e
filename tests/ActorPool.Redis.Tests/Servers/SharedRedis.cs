using ActorPool.Servers;

namespace ActorPool.Redis.Tests.Servers;

/// <summary>One server for all the tests of a class, plain, over TLS and on a Unix socket; started by the first that asks.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    readonly Lazy<Task<RedisServer>> _server = new(() => RedisServer.StartWithTlsAsync("--databases", "4"));

    /// <summary>The server; skips the test if there is none on this machine.</summary>
    public Task<RedisServer> GetAsync() => _server.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
