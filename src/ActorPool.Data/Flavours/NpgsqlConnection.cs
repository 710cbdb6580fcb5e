namespace ActorPool.Data.Flavours;

/// <summary>
/// A pooled connection of Npgsql. There are libraries that know PostgreSQL by this name: Dapper passes an array as one
/// parameter (<c>= ANY(@ids)</c>) if the type of its connection is called so.
/// </summary>
sealed class NpgsqlConnection(PooledDbDataSource source) : PooledDbConnection(source);
