using System.Data.Common;

namespace WebApi.Orders;

/// <summary>Orders in a database. Knows nothing of pools: each connection that it opens is a lease, and closing it is the return.</summary>
public sealed class SqlOrders(DbDataSource database) : IOrders
{
    bool _hasTable;

    public async Task<Order?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT item, quantity FROM actorpool_orders WHERE id = @id";
        Add(command, "id", id);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new Order(id, rows.GetString(0), rows.GetInt32(1)) : null;
    }

    public async Task<Order> AddAsync(string item, int quantity, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO actorpool_orders (item, quantity) VALUES (@item, @quantity) RETURNING id";
        Add(command, "item", item);
        Add(command, "quantity", quantity);
        return new Order((int)(await command.ExecuteScalarAsync(cancellationToken))!, item, quantity);
    }

    async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!_hasTable)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE IF NOT EXISTS actorpool_orders (id serial PRIMARY KEY, item text NOT NULL, quantity int NOT NULL)";
            await command.ExecuteNonQueryAsync(cancellationToken);
            _hasTable = true;
        }

        return connection;
    }

    static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
