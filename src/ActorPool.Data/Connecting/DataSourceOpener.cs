using System.Data.Common;
using ActorPool.Data.Errors;

namespace ActorPool.Data.Connecting;

/// <summary>Takes connections from somebody's data source, which pools nothing itself.</summary>
sealed class DataSourceOpener : DbOpener
{
    readonly DbDataSource _source;

    /// <exception cref="ArgumentException">The data source pools by itself.</exception>
    public DataSourceOpener(DbDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        if (dataSource is PooledDbDataSource)
        {
            throw DataErrors.PoolsItself(nameof(dataSource));
        }

        _source = dataSource;
        using var connection = dataSource.CreateConnection();
        Describe(connection, dataSource.ConnectionString);
        if (ConnectionStrings.Pools(Factory, dataSource.ConnectionString))
        {
            throw DataErrors.PoolsItself(nameof(dataSource));
        }
    }

    public override DbConnection Create(Credentials? credentials) =>
        credentials is null ? _source.CreateConnection() : throw DataErrors.KnowsItsCredentials();
}
