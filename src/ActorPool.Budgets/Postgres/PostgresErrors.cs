using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace ActorPool.Budgets.Postgres;

/// <summary>What is said when a PostgreSQL does not do what it was asked for; one line, without secrets.</summary>
static class PostgresErrors
{
    public static GrantStoreException ReadOnly(PostgresTarget target, bool isStandby) => new(
        isStandby
            ? $"{target.Name}: the server is a standby, and a budget's records are kept by a primary. Name the primary in ConnectionString, or all hosts."
            : $"{target.Name}: transactions are read-only there (default_transaction_read_only), and a budget's records must be written.");

    public static GrantStoreException TooSoon(PostgresTarget target, TimeSpan remaining, string error) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name} was tried a moment ago and is tried again in {Math.Max(1, (int)remaining.TotalMilliseconds)} ms at the earliest. What it said: {error}"));

    public static GrantStoreException NoTable(PostgresTarget target, string table) => new(
        $"{target.Name}: there is no table {table}, and PostgresGrantStoreOptions.CreateTable is false. An operator makes it: {Line(PostgresScript.CreateTable(table))}");

    public static GrantStoreException NotCreated(PostgresTarget target, string table, PostgresException cause) => new(
        $"{target.Name}: the table {table} is not there, and this user cannot make it: {Line(cause.MessageText)}. An operator makes it: {Line(PostgresScript.CreateTable(table))}", cause);

    public static GrantStoreException MayNotEnd(PostgresTarget target, PostgresException cause) => new(
        $"{target.Name}: the fence may not end sessions: {Line(cause.MessageText)} (42501). Its user has to be theirs, or needs GRANT pg_signal_backend.", cause);

    public static GrantStoreException Ended(PostgresTarget target) => new($"{target.Name}: the connection was closed.");

    public static GrantStoreException Hung(PostgresTarget target) => new($"{target.Name} had not answered when its caller gave up, nor a request to stop; the connection was given up.");

    /// <summary>What became of an exchange, for its caller.</summary>
    public static GrantStoreException Failed(PostgresTarget target, Exception error) => error switch
    {
        GrantStoreException known => known,
        OperationCanceledException => new($"{target.Name} had not answered when its caller gave up.", error),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => ReadOnly(target, isStandby: false),
        PostgresException { SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState } => ReadOnly(target, isStandby: true),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            new($"{target.Name}: the login was refused: {Line(refused.MessageText)} ({refused.SqlState}). Look at Username and Password of ConnectionString, and at pg_hba.conf.", error),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } refused =>
            new($"{target.Name}: the server has no connection left for the budget's own: {Line(refused.MessageText)} (53300). Set ClusterBudgetOptions.EngineConnections to 1 if it is the server whose connections are counted.", error),
        PostgresException { SqlState: PostgresErrorCodes.UndefinedFunction } refused =>
            new($"{target.Name}: {Line(refused.MessageText)} ({refused.SqlState}). PostgreSQL 13 or later is needed.", error),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            new($"{target.Name}: {Line(refused.MessageText)} ({refused.SqlState}). The user needs SELECT, INSERT, UPDATE and DELETE on the table.", error),
        PostgresException refused => new($"{target.Name} refused: {Line(refused.MessageText)} ({refused.SqlState}).", error),
        NpgsqlException { InnerException: SocketException socket } => new($"{target.Name} was not reached: {Line(socket.Message)}.", error),
        NpgsqlException { InnerException: TimeoutException } => new($"{target.Name} did not answer in time (Timeout and Command Timeout of ConnectionString).", error),
        NpgsqlException { InnerException: { } inner } => new($"{target.Name}: the connection is lost: {Line(inner.Message)}.", error),
        _ => new($"{target.Name}: {Line(error.Message)}.", error),
    };

    public static string Line(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
