using ActorPool.Data.Errors;

namespace ActorPool.Data;

/// <summary>
/// How database connections are probed, reset and judged. Checked once, when a connector or data source is made: all problems
/// are reported together, and later changes have no effect.
/// </summary>
public sealed class DbConnectorOptions
{
    /// <summary>What is cleaned up on a connection that comes back. Default <see cref="DbReset.Rollback"/>.</summary>
    public DbReset Reset { get; set; } = DbReset.Rollback;

    /// <summary>Ends a transaction that was begun by SQL text. Default <c>ROLLBACK</c>; not empty.</summary>
    public string RollbackSql { get; set; } = "ROLLBACK";

    /// <summary>Resets a session, for <see cref="DbReset.Session"/>. Default <c>DISCARD ALL</c>, which is PostgreSQL's; not empty.</summary>
    public string SessionResetSql { get; set; } = "DISCARD ALL";

    /// <summary>
    /// Resets a session in place of <see cref="SessionResetSql"/> where statements are prepared, which must survive because the
    /// provider counts on them: <c>Prepare</c> was called, or the connection string prepares automatically. Default what
    /// <c>DISCARD ALL</c> does without <c>DEALLOCATE ALL</c>; null for no difference.
    /// </summary>
    public string? SessionResetSqlWhenPrepared { get; set; } =
        "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD SEQUENCES; DISCARD TEMP";

    /// <summary>
    /// Asks the server of an idle connection whether it is still there (<see cref="PoolOptions.KeepaliveInterval"/>). Default
    /// <c>SELECT 1</c>; null for no probes.
    /// </summary>
    public string? ProbeSql { get; set; } = "SELECT 1";

    /// <summary>
    /// Whether connections that are opened within a <c>TransactionScope</c> take part in its transaction. Default true. Without
    /// <see cref="PooledDbDataSource"/> of no effect.
    /// </summary>
    public bool EnlistInTransactions { get; set; } = true;

    /// <summary>
    /// Whether an error condemns the connection it happened on; null as its answer leaves the question to the default rules:
    /// SQL states of class 08 and 57P01 to 57P05, and errors of sockets and streams. Must not block; what it throws counts as
    /// null. A connection that its provider says is not open is condemned in any case. Default null.
    /// </summary>
    public Func<Exception, bool?>? IsFault { get; set; }

    /// <summary>
    /// What kind of failure kept a connection from opening; null as its answer leaves the question to the default rules: SQL
    /// states of class 28 are <see cref="OpenFailureKind.Credentials"/>, 3D000 and bad settings
    /// <see cref="OpenFailureKind.Configuration"/>, refused certificates <see cref="OpenFailureKind.Certificate"/>, and all
    /// else, too many connections included, passes. Default null.
    /// </summary>
    public Func<Exception, OpenFailureKind?>? Classify { get; set; }

    /// <summary>A copy that later changes do not reach.</summary>
    /// <exception cref="ArgumentException">Options cannot be used: all problems are listed.</exception>
    internal DbConnectorOptions Checked()
    {
        var problems = string.Join("; ", Problems());
        return problems.Length == 0
            ? (DbConnectorOptions)MemberwiseClone()
            : throw DataErrors.BadOptions(problems, "options");
    }

    /// <summary>What is wrong, each by the name of its option.</summary>
    internal IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(Reset))
        {
            yield return $"{nameof(Reset)} is {(int)Reset}, possible are None, Rollback and Session";
        }

        foreach (var (name, sql) in new[]
        {
            (nameof(RollbackSql), RollbackSql),
            (nameof(SessionResetSql), SessionResetSql),
            (nameof(SessionResetSqlWhenPrepared), SessionResetSqlWhenPrepared ?? "none"),
            (nameof(ProbeSql), ProbeSql ?? "none"),
        })
        {
            if (string.IsNullOrWhiteSpace(sql))
            {
                yield return $"{name} is empty";
            }
        }
    }
}
