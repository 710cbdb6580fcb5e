using ActorPool.Servers;

namespace ActorPool.Http.Tests;

/// <summary>One nginx for all tests of a class, started when the first of them asks.</summary>
public sealed class NginxFixture : IAsyncLifetime
{
    Task<NginxServer>? _server;

    public Task<NginxServer> GetAsync() => _server ??= NginxServer.StartAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is { IsCompletedSuccessfully: true })
        {
            await (await _server).DisposeAsync();
        }
    }
}
