using System.Text;
using ActorPool.Servers;

namespace ActorPool.Redis.Tests.Servers;

/// <summary>What tests against a real server share.</summary>
public abstract class RedisTest : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly List<IAsyncDisposable> _owned = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        for (var i = _owned.Count - 1; i >= 0; i--)
        {
            await _owned[i].DisposeAsync();
        }
    }

    protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    /// <summary>A pool of one server, whose tests decide when there are probes.</summary>
    protected ConnectionPool<RedisConnection> PoolOf(
        RedisServer server, int protocol = 2, Action<RedisPoolOptions>? configure = null, string query = "", TimeProvider? time = null) =>
        PoolAt($"redis://127.0.0.1:{server.Port}?protocol={protocol}{query}", configure, time: time);

    protected ConnectionPool<RedisConnection> PoolAt(
        string url, Action<RedisPoolOptions>? configure = null, RedisPoolKind kind = RedisPoolKind.Blocking, TimeProvider? time = null) =>
        Own(RedisPool.FromUrl(url, configure, kind, time is null ? null : new PoolRuntime { TimeProvider = time }));

    /// <summary>A pool beside the one under test, for what an operator does.</summary>
    protected ConnectionPool<RedisConnection> OperatorOf(RedisServer server) =>
        PoolAt($"redis://127.0.0.1:{server.Port}?client_name=operator&max_connections=1");

    protected static async Task<string?> AskAsync(IConnectionPool<RedisConnection> pool, string command, params RedisArgument[] arguments) =>
        (await pool.ExecuteAsync(command, arguments).AsTask().WaitAsync(Patience)).AsString();

    protected static async Task<string?> AskAsync(RedisConnection connection, string command, params RedisArgument[] arguments) =>
        (await connection.ExecuteAsync(command, arguments).AsTask().WaitAsync(Patience)).AsString();

    /// <summary>Waits for what the server or the pool brings about by itself; every look is one round trip.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"in vain waited for: {what}");
            await Task.Yield();
        }
    }

    protected static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
