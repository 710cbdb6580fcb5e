using ActorPool.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Tests.Running;

/// <summary>The configuration changes while the pools run: real files, real sockets.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string _folder = Directory.CreateTempSubdirectory("actorpool-reload-").FullName;
    readonly EchoServer _server = EchoServer.Start();
    readonly KeptLog _log = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Reloads_under_load_fail_no_acquire_and_cut_no_lease()
    {
        Write(maxSize: 4);
        using var host = await StartAsync();
        var pool = host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo");
        var (leases, end) = (0L, false);
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref end))
            {
                await pool.UseAsync(Echo);
                Interlocked.Increment(ref leases);
            }
        })).ToList();

        for (var round = 1; round <= 6; round++)
        {
            var before = Interlocked.Read(ref leases);
            var maxSize = 4 + round % 3;
            var reloaded = _log.Next(804);
            Write(maxSize);
            await reloaded.WaitAsync(Patience);
            Assert.Equal(maxSize, pool.Snapshot().MaxSize);
            await KeptLog.UntilAsync(() => Interlocked.Read(ref leases) > before + 100);
        }

        Volatile.Write(ref end, true);
        await Task.WhenAll(load).WaitAsync(Patience);
        Assert.Equal(0, pool.Snapshot().Revoked);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_cannot_be_used_is_told_in_one_line_with_its_place_and_changes_nothing()
    {
        Write(maxSize: 4);
        using var host = await StartAsync();
        var refused = _log.Next(805);

        Write("max-sise = 9");
        var text = await refused.WaitAsync(Patience);

        Assert.Matches(@"pools\.conf:1:\d+: actorpool:pools:echo:max-sise .*max-size", text);
        Assert.Equal(4, host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo").Snapshot().MaxSize);
        var reloaded = _log.Next(804);
        Write(maxSize: 5);
        await reloaded.WaitAsync(Patience);
        Assert.Equal(5, host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo").Snapshot().MaxSize);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_again_is_told_with_its_place_and_changes_nothing()
    {
        Write(maxSize: 4);
        using var host = await StartAsync();
        var unread = _log.Next(811);

        Write("max-size = [");
        var text = await unread.WaitAsync(Patience);

        Assert.Matches(@"pools\.conf:1:\d+: ", text);
        Assert.Equal(4, host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("echo").Snapshot().MaxSize);
        unread = _log.Next(811);
        File.Delete(Path.Combine(_folder, "pools.conf"));
        Assert.Contains("pools.conf", await unread.WaitAsync(Patience), StringComparison.Ordinal);
        var reloaded = _log.Next(804);
        Write(maxSize: 5);
        await reloaded.WaitAsync(Patience);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_needs_a_restart_is_said()
    {
        Write(maxSize: 4);
        using var host = await StartAsync();
        var (connector, added) = (_log.Next(808), _log.Next(807));

        await File.WriteAllTextAsync(
            Path.Combine(_folder, "pools.conf"),
            $"actorpool.pools {{ echo {{ tcp {{ host = localhost, port = {_server.Port} }}, max-size = 4 }}, more {{ tcp {{ host = localhost, port = 1 }} }} }}");

        Assert.Contains("echo", await connector.WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Contains("more", await added.WaitAsync(Patience), StringComparison.Ordinal);
        await host.StopAsync();
    }

    static async ValueTask Echo(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("hello\n"u8.ToArray(), cancellationToken);
        await stream.ReadExactlyAsync(new byte[6], cancellationToken);
    }

    void Write(int maxSize) => Write($"max-size = {maxSize}");

    // Renamed into place, as editors and deployments do: a file that is being written is not read half.
    void Write(string option)
    {
        var file = Path.Combine(_folder, "next.conf");
        File.WriteAllText(file, $"actorpool.pools {{ echo {{ tcp {{ host = 127.0.0.1, port = {_server.Port} }}, {option} }} }}");
        File.Move(file, Path.Combine(_folder, "pools.conf"), overwrite: true);
    }

    async Task<IHost> StartAsync()
    {
        var builder = Scripted.Builder();
        builder.Logging.AddProvider(_log);
        builder.Configuration.AddHoconFile(Path.Combine(_folder, "pools.conf"), optional: false, reloadOnChange: true);
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
