using System.Data.Common;

namespace ActorPool.Data.Connecting;

/// <summary>Makes connections of a provider from a connection string, with the provider's own pooling off.</summary>
sealed class FactoryOpener : DbOpener
{
    readonly DbProviderFactory _factory;
    readonly string _connectionString;
    readonly Lock _gate = new();

    // What the last credentials made; connections of earlier ones live on without it.
    (Credentials? Credentials, DbDataSource Source)? _current;

    /// <exception cref="ArgumentException">The connection string cannot be used.</exception>
    public FactoryOpener(DbProviderFactory factory, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(connectionString);
        _factory = factory;
        _connectionString = ConnectionStrings.Unpooled(factory, connectionString, nameof(connectionString));
        using var connection = Create(credentials: null);
        Describe(connection, _connectionString);
    }

    public override DbConnection Create(Credentials? credentials) => SourceOf(credentials).CreateConnection();

    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return _current?.Source.DisposeAsync() ?? default;
        }
    }

    DbDataSource SourceOf(Credentials? credentials)
    {
        lock (_gate)
        {
            if (_current is not { } current || !Equals(current.Credentials, credentials))
            {
                var connectionString = credentials is null
                    ? _connectionString
                    : ConnectionStrings.WithCredentials(_factory, _connectionString, credentials);
                _current = current = (credentials, _factory.CreateDataSource(connectionString));
            }

            return current.Source;
        }
    }
}
