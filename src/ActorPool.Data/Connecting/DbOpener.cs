using System.Data.Common;
using ActorPool.Data.Leasing;

namespace ActorPool.Data.Connecting;

/// <summary>Makes connections that are not open yet, and knows what can be told of them without opening one.</summary>
abstract class DbOpener
{
    const string Npgsql = "NpgsqlConnection";

    int _hasPrepared;
    bool _isDescribed;
    bool _keepsReaders;

    /// <summary>Where connections lead to, with nothing secret in it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The server, in the provider's words.</summary>
    public string Server { get; private set; } = "";

    public string Database { get; private set; } = "";

    /// <summary>The provider; null if it does not say.</summary>
    public DbProviderFactory? Factory { get; private set; }

    public bool CanCreateBatch { get; private set; }

    /// <summary>Whether the connections are Npgsql's.</summary>
    public bool IsNpgsql { get; private set; }

    /// <summary>Whether the provider sets <see cref="DbException.IsTransient"/> for whatever may pass.</summary>
    public bool TellsTransients => IsNpgsql;

    /// <summary>Whether statements may be prepared that the provider counts on. Once true, always true.</summary>
    public bool HasPrepared => Volatile.Read(ref _hasPrepared) != 0;

    /// <summary>Makes a connection that is not open.</summary>
    /// <param name="credentials">Who to log in as; null for whom the connection string names.</param>
    public abstract DbConnection Create(Credentials? credentials);

    /// <summary>A command without a connection.</summary>
    public DbCommand CreateCommand() => Factory?.CreateCommand() ?? Create(credentials: null).CreateCommand();

    /// <summary>A batch without a connection.</summary>
    public DbBatch CreateBatch() => Factory?.CreateBatch() ?? Create(credentials: null).CreateBatch();

    /// <summary>Has a connection of Npgsql use another reader object from now on; false if that cannot be had.</summary>
    public bool TryExchangeReader(DbConnection connection)
    {
        // One failure is enough: it is Npgsql's version that does not let us.
        if (!_keepsReaders && !NpgsqlReader.TryExchange(connection))
        {
            _keepsReaders = true;
        }

        return !_keepsReaders;
    }

    public void NotePrepared() => Volatile.Write(ref _hasPrepared, 1);

    /// <summary>Disposes of what was made here, once every connection is closed.</summary>
    public virtual ValueTask DisposeAsync() => default;

    /// <summary>Learns from a connection that is not open what all have in common.</summary>
    protected void Describe(DbConnection connection, string connectionString)
    {
        if (_isDescribed)
        {
            return;
        }

        _isDescribed = true;
        IsNpgsql = connection.GetType().Name == Npgsql;
        Factory = DbProviderFactories.GetFactory(connection);
        CanCreateBatch = connection.CanCreateBatch;
        Server = connection.DataSource;
        Database = connection.Database;
        ConnectionString = ConnectionStrings.WithoutSecrets(connectionString);
        if (ConnectionStrings.PreparesItself(Factory, connectionString))
        {
            NotePrepared();
        }
    }
}
