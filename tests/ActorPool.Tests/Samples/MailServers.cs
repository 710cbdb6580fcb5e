using ActorPool.Servers;

namespace ActorPool.Tests.Samples;

/// <summary>One mail server for all tests that do not need one of their own.</summary>
public sealed class MailServers : IAsyncLifetime
{
    Task<DovecotServer>? _shared;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_shared is { IsCompletedSuccessfully: true })
        {
            await (await _shared).DisposeAsync();
        }
    }

    /// <summary>Starts it on first use, so that tests are skipped where there is none. The tests of one class run one after the other.</summary>
    public Task<DovecotServer> GetAsync() => _shared ??= DovecotServer.StartAsync();
}
