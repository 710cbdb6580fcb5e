using Npgsql;
using NpgsqlTypes;

namespace ActorPool.Budgets.Postgres;

/// <summary>A transaction as one batch, sent at once, and its answer. See <see cref="PostgresScript"/> for why it is right.</summary>
static class PostgresTransaction
{
    /// <exception cref="PostgresException">The server refused; the transaction is still to be rolled back.</exception>
    /// <exception cref="GrantStoreException">The server takes no writes.</exception>
    public static async Task<GrantReply> CommitAsync(
        NpgsqlConnection connection, PostgresTarget target, string table, PostgresScript script, GrantTransaction transaction, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        Add(batch, PostgresScript.Begin);
        Add(batch, script.Head);
        var locks = 0;
        if (transaction.Writes.Count > 0)
        {
            locks = AddLocks(batch, script, table, transaction);
            AddWrite(batch, script, table, transaction);
        }

        var reads = AddReads(batch, script, transaction);
        Add(batch, PostgresScript.Commit);

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await ReplyAsync(reader, target, locks, reads, cancellationToken).ConfigureAwait(false);
        }
    }

    static async Task<GrantReply> ReplyAsync(NpgsqlDataReader reader, PostgresTarget target, int locks, bool reads, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var incarnation = reader.GetString(0);
        if (reader.GetBoolean(1) || reader.GetBoolean(2))
        {
            throw PostgresErrors.ReadOnly(target, isStandby: reader.GetBoolean(1));
        }

        var revision = reader.GetInt64(3);
        var (isCommitted, version) = (true, 0L);
        if (locks > 0)
        {
            for (var i = 0; i <= locks; i++)
            {
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            }

            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            isCommitted = reader.GetBoolean(0);
            version = isCommitted ? reader.GetInt64(1) : 0;
        }

        List<GrantRecord> records = [];
        if (reads)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                records.Add(new GrantRecord(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
            }
        }

        // Only the end says that it is committed.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return new GrantReply(isCommitted, version, incarnation, revision, records);
    }

    /// <returns>How many answers come before that of the comparison.</returns>
    static int AddLocks(NpgsqlBatch batch, PostgresScript script, string table, GrantTransaction transaction)
    {
        var numbers = transaction.Expected.Where(static expectation => expectation.Version == 0).Select(static expectation => expectation.Key)
            .Concat(transaction.Writes.Where(static write => write.Value is null).Select(static write => write.Key))
            .Select(key => PostgresScript.LockOf(table, transaction.Budget, key))
            .Distinct()
            .Order()
            .ToArray();
        if (numbers.Length > 0)
        {
            Add(batch, PostgresScript.LockKeys, Numbers(numbers));
        }

        Add(batch, script.LockRows, Text(transaction.Budget), Texts(transaction.Expected.Select(static expectation => expectation.Key)));
        return numbers.Length > 0 ? 2 : 1;
    }

    static void AddWrite(NpgsqlBatch batch, PostgresScript script, string table, GrantTransaction transaction)
    {
        var written = transaction.Writes.Where(static write => write.Value is not null).ToArray();
        Add(
            batch,
            script.Write,
            Text(transaction.Budget),
            Texts(transaction.Expected.Select(static expectation => expectation.Key)),
            Numbers([.. transaction.Expected.Select(static expectation => expectation.Version)]),
            Text(transaction.Incarnation),
            Texts(transaction.Writes.Where(static write => write.Value is null).Select(static write => write.Key)),
            Texts(written.Select(static write => write.Key)),
            Texts(written.Select(static write => write.Value!)),
            Texts(transaction.Notify.Select(key => PostgresScript.ChannelOf(table, transaction.Budget, key))));
    }

    static bool AddReads(NpgsqlBatch batch, PostgresScript script, GrantTransaction transaction)
    {
        if (transaction.ReadAll)
        {
            Add(batch, script.ReadAll, Text(transaction.Budget));
            return true;
        }

        var following = transaction.ReadAfter is null ? 0 : transaction.ReadAfterCount;
        if (transaction.Read.Count == 0 && following == 0)
        {
            return false;
        }

        var prefix = transaction.ReadAfterPrefix;
        Add(
            batch,
            script.Read,
            Text(transaction.Budget),
            Texts(transaction.Read),
            Text(transaction.ReadAfter ?? ""),
            Text(prefix),
            Text(prefix.Length == 0 ? null : prefix[..^1] + (char)(prefix[^1] + 1)),
            new NpgsqlParameter { Value = (long)following, NpgsqlDbType = NpgsqlDbType.Bigint });
        return true;
    }

    static void Add(NpgsqlBatch batch, string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Texts(IEnumerable<string> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    static NpgsqlParameter Numbers(long[] numbers) => new() { Value = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
}
