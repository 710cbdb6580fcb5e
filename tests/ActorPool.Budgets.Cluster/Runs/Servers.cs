using System.Net;
using ActorPool.Budgets.Cluster.Nodes;
using ActorPool.Servers;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>The PostgreSQL whose connections are counted, and the engine.</summary>
sealed class Servers : IAsyncDisposable
{
    readonly PostgresServer _counted;
    readonly PostgresServer? _postgres;
    readonly EtcdServer? _etcd;

    Servers(EngineKind kind, PostgresServer counted, PostgresServer? postgres, EtcdServer? etcd)
    {
        Kind = kind;
        _counted = counted;
        _postgres = postgres;
        _etcd = etcd;
    }

    public EngineKind Kind { get; }

    /// <summary>The connection string of the one that is counted.</summary>
    public string Counted => _counted.ConnectionString;

    /// <summary>The same one, as the nodes reach it.</summary>
    public string CountedByNodes => _counted.OuterConnectionString;

    /// <summary>Where the engine is, as a node is told.</summary>
    public string Engine => _etcd is null ? (_postgres ?? _counted).ConnectionString : string.Join(',', _etcd.Endpoints);

    public int Members => _etcd?.Endpoints.Count ?? 1;

    /// <param name="kind">Which engine.</param>
    /// <param name="address">Where nodes reach the server that is counted; null: on the loopback.</param>
    public static async Task<Servers> StartAsync(EngineKind kind, IPAddress? address = null)
    {
        // One for each of the budget, and for who counts and who fences.
        var counted = kind == EngineKind.Nodes ? await PostgresServer.StartAsync(address ?? IPAddress.Loopback, "max_connections=30") : await PostgresServer.StartAsync();
        try
        {
            return new Servers(
                kind,
                counted,
                kind == EngineKind.Postgres ? await PostgresServer.StartAsync() : null,
                kind == EngineKind.Etcd ? await EtcdServer.StartAsync(members: 3) : null);
        }
        catch
        {
            await counted.DisposeAsync();
            throw;
        }
    }

    /// <summary>The engine goes down, as a whole.</summary>
    public Task StopEngineAsync() => _etcd is null
        ? (_postgres ?? _counted).StopAsync()
        : Task.WhenAll(Enumerable.Range(0, Members).Select(_etcd.KillAsync));

    /// <summary>It comes back, with what it had written.</summary>
    public Task StartEngineAsync() => _etcd is null
        ? (_postgres ?? _counted).RunAgainAsync()
        : Task.WhenAll(Enumerable.Range(0, Members).Select(_etcd.RunAgainAsync));

    public Task KillMemberAsync(int member) => _etcd!.KillAsync(member);

    public Task RunMemberAgainAsync(int member) => _etcd!.RunAgainAsync(member);

    public async ValueTask DisposeAsync()
    {
        if (_etcd is not null)
        {
            await _etcd.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        await _counted.DisposeAsync();
    }
}
