using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorPool.Budgets.Postgres;

/// <summary>What is said to a PostgreSQL, for one table.</summary>
/// <remarks>
/// <para>
/// <b>Who waits for whom.</b> A transaction takes first the advisory locks of the keys that it makes or removes, in the order of their numbers; then the rows
/// that it expects, in the order of their keys; and no lock after that, since it writes only what it expects. So no two of them wait for each other. The advisory
/// locks stand for rows that are not there: of two that make a key, the second waits for the first, and then sees its row.
/// </para>
/// <para>
/// <b>What is compared is what is there.</b> Transactions are READ COMMITTED, whatever the server's default is, so that each statement sees all that was committed before
/// it began. The statement that compares begins when everything it compares is locked, and so nothing of that changes until it is committed.
/// </para>
/// <para>
/// <b>Versions grow.</b> A version is the number of the transaction that wrote it. Numbers are given out at the first lock of a row. Whoever expects a version has read it before, so that
/// its own number is higher; and whoever makes a key has kept others from making or removing it since before it got a number.
/// </para>
/// </remarks>
sealed class PostgresScript
{
    const string Version = "pg_current_xact_id()::text::bigint";

    // The number of the next transaction.
    const string Revision = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    readonly string _table;

    /// <param name="table">The table, checked.</param>
    /// <param name="incarnation">The expression that tells the server's incarnation.</param>
    public PostgresScript(string table, string incarnation)
    {
        _table = Quote(table);
        Head = $"""
            SELECT {incarnation}, pg_is_in_recovery(), current_setting('transaction_read_only') = 'on', {Revision},
              CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END
            """;
        LockRows = $"SELECT 1 FROM {_table} WHERE budget = $1 AND key = ANY($2) ORDER BY key FOR UPDATE";
        Write = $"""
            WITH held AS (
              SELECT 1 WHERE ($4::text IS NULL OR $4 = {incarnation})
                AND NOT EXISTS (
                  SELECT 1 FROM unnest($2::text[], $3::bigint[]) AS e(key, version)
                    LEFT JOIN {_table} AS g ON g.budget = $1 AND g.key = e.key
                    WHERE coalesce(g.version, 0) <> e.version)),
            removed AS (
              DELETE FROM {_table} AS g WHERE g.budget = $1 AND g.key = ANY($5) AND EXISTS (SELECT 1 FROM held)),
            written AS (
              INSERT INTO {_table} AS g (budget, key, version, value)
                SELECT $1, w.key, {Version}, w.value FROM unnest($6::text[], $7::text[]) AS w(key, value) WHERE EXISTS (SELECT 1 FROM held)
                ON CONFLICT (budget, key) DO UPDATE SET version = excluded.version, value = excluded.value)
            SELECT EXISTS (SELECT 1 FROM held), {Version},
              (SELECT count(pg_notify(channel, '')) FROM unnest($8::text[]) AS n(channel) WHERE EXISTS (SELECT 1 FROM held))
            """;
        ReadAll = $"SELECT key, value, version FROM {_table} WHERE budget = $1";
        Read = $"""
            SELECT key, value, version FROM {_table} WHERE budget = $1 AND key = ANY($2)
            UNION
            SELECT key, value, version FROM (
              SELECT key, value, version, round FROM (
                (SELECT key, value, version, 1 AS round FROM {_table}
                  WHERE budget = $1 AND key COLLATE "C" > $3 AND key COLLATE "C" >= $4 AND ($5::text IS NULL OR key COLLATE "C" < $5)
                  ORDER BY key COLLATE "C" LIMIT $6)
                UNION ALL
                (SELECT key, value, version, 2 AS round FROM {_table}
                  WHERE budget = $1 AND key COLLATE "C" < $3 AND key COLLATE "C" >= $4 AND ($5::text IS NULL OR key COLLATE "C" < $5)
                  ORDER BY key COLLATE "C" LIMIT $6)) AS ring
              ORDER BY round, key COLLATE "C" LIMIT $6) AS following
            """;
    }

    public const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
    public const string Commit = "COMMIT";
    public const string Rollback = "ROLLBACK";

    /// <summary>Makes the table while nobody else does, which <c>IF NOT EXISTS</c> alone does not see to. $1 is <see cref="LockOf"/> the table.</summary>
    public const string LockTable = "SELECT pg_advisory_xact_lock($1)";

    public const string LockKeys = "SELECT pg_advisory_xact_lock(number) FROM unnest($1::bigint[]) AS l(number)";

    /// <summary>Who answers. Also: whoever is told that something is written may rely on it after a crash, whatever the server's default is.</summary>
    public string Head { get; }

    /// <summary>$1 the budget, $2 keys.</summary>
    public string LockRows { get; }

    /// <summary>$1 the budget, $2 and $3 what is expected, $4 the incarnation, $5 what is removed, $6 and $7 what is written, $8 channels.</summary>
    public string Write { get; }

    /// <summary>$1 the budget.</summary>
    public string ReadAll { get; }

    /// <summary>$1 the budget, $2 keys, $3 after which key, $4 and $5 from and below which, $6 how many.</summary>
    public string Read { get; }

    /// <summary>Makes the table. Rows are rewritten all the time, so that there is room left for that on each page.</summary>
    public static string CreateTable(string table) => $"""
        CREATE TABLE IF NOT EXISTS {Quote(table)} (
          budget text COLLATE "C" NOT NULL,
          key text COLLATE "C" NOT NULL,
          version bigint NOT NULL,
          value text NOT NULL,
          PRIMARY KEY (budget, key)
        ) WITH (fillfactor = 50);
        """;

    /// <summary>The number of an advisory lock.</summary>
    public static long LockOf(params ReadOnlySpan<string> names) => BinaryPrimitives.ReadInt64BigEndian(Hash("lock", names));

    /// <summary>A channel's name, as it is quoted.</summary>
    public static string ChannelOf(params ReadOnlySpan<string> names) =>
        string.Create(CultureInfo.InvariantCulture, $"actorpool_{Convert.ToHexStringLower(Hash("channel", names).AsSpan(0, 16))}");

    static byte[] Hash(string kind, ReadOnlySpan<string> names) => SHA256.HashData(Encoding.UTF8.GetBytes($"actorpool {kind}\n{string.Join('\n', names)}"));

    static string Quote(string table) => $"\"{table.Replace(".", "\".\"", StringComparison.Ordinal)}\"";
}
