using ActorPool.Budgets;
using ActorPool.Servers;
using Xunit;

namespace ClusterSample;

/// <summary>Where the book is kept: a server that runs already, or one of the sample's own.</summary>
sealed class Engine : IAsyncDisposable
{
    readonly Func<IGrantStore> _connect;
    readonly IAsyncDisposable? _own;

    Engine(string name, Func<IGrantStore> connect, IAsyncDisposable? own = null)
    {
        Name = name;
        _connect = connect;
        _own = own;
    }

    public string Name { get; }

    /// <summary>The user's own, or what is installed: a PostgreSQL before an etcd. Null: nothing is; what to do has been said.</summary>
    public static async Task<Engine?> StartAsync(string? postgres, string? etcd)
    {
        if (postgres is not null)
        {
            return new Engine("your PostgreSQL", () => Postgres(postgres));
        }

        if (etcd is not null)
        {
            return new Engine("your etcd", () => Etcd(etcd.Split(',')));
        }

        try
        {
            var server = await PostgresServer.StartAsync();
            return new Engine("a PostgreSQL of its own", () => Postgres(server.ConnectionString), server);
        }
        catch (SkipException)
        {
            // Not installed.
        }

        try
        {
            var server = await EtcdServer.StartAsync();
            return new Engine("an etcd of its own", () => Etcd(server.Endpoints), server);
        }
        catch (SkipException)
        {
            Console.Error.WriteLine(
                """
                Cluster needs a PostgreSQL or an etcd to keep the book in. Install one (Debian: apt-get install postgresql, or etcd-server), or name one that runs:
                  --postgres "Host=127.0.0.1;Username=postgres;Database=postgres"
                  --etcd http://127.0.0.1:2379
                """);
            return null;
        }
    }

    /// <summary>A node's way to it.</summary>
    public IGrantStore Connect() => _connect();

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? default;

    static PostgresGrantStore Postgres(string connectionString) => new(new PostgresGrantStoreOptions { ConnectionString = connectionString });

    static EtcdGrantStore Etcd(IReadOnlyList<string> endpoints) => new(new EtcdGrantStoreOptions { Endpoints = [.. endpoints] });
}
