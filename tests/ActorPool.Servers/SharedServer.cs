using Xunit;

namespace ActorPool.Servers;

/// <summary>One server for all tests that do not stop it, as a fixture of their class or collection.</summary>
/// <typeparam name="TServer">What it is.</typeparam>
/// <param name="start">Starts it.</param>
public abstract class SharedServer<TServer>(Func<Task<TServer>> start) : IAsyncLifetime
    where TServer : class, IAsyncDisposable
{
    TServer? _server;
    Exception? _missing;

    /// <summary>The server; skips the test if there is none on this machine.</summary>
    public TServer Server => _server ?? throw _missing!;

    public async Task InitializeAsync()
    {
        try
        {
            _server = await start();
        }
        catch (Exception error) when (error is SkipException or InvalidOperationException)
        {
            _missing = error;
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
