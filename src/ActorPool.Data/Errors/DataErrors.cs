using System.Data.Common;
using System.Runtime.ExceptionServices;

namespace ActorPool.Data.Errors;

/// <summary>Every message that this project's errors carry.</summary>
static class DataErrors
{
    public static ArgumentException PoolsItself(string name) => new(
        "The data source pools its connections itself, so that they would be pooled twice: make it with Pooling=false in its"
        + " connection string.",
        name);

    public static ArgumentException BadConnectionString(string name, Exception error) => new(
        $"The {name} cannot be used: {error.Message.ReplaceLineEndings(" ")}", name);

    public static ArgumentException BadOptions(string problems, string options) => new(
        $"{nameof(DbConnectorOptions)}: {problems}.", options);

    public static ArgumentException Multiplexed(int leases, string pool) => new(
        $"MaxLeasesPerConnection is {leases}, but a database connection has one user at a time: it must be 1.", pool);

    public static InvalidOperationException KnowsItsCredentials() => new(
        "The pool has a credential provider (PoolOptions.Credentials), but the data source that it was made over knows its own"
        + " credentials: make the pool from a DbProviderFactory and a connection string.");

    public static IOException NoLongerOpen(string server) => new($"The connection to {server} is no longer open.");

    public static IOException SessionEnded(Exception error) => new($"The server ended the session: {error.Message}", error);

    public static InvalidOperationException NotOpen() => new("The connection is not open.");

    public static InvalidOperationException AlreadyOpen() => new("The connection is already open.");

    public static ObjectDisposedException Disposed(string name) => new(name);

    public static InvalidOperationException StillExecuting() => new(
        "A command was still executing on the connection when it was closed; its reply must not reach the next holder.");

    public static InvalidOperationException ReaderLeftOpen() => new(
        "A reader was still open on the connection when it was closed, and a read may have been under way on it: dispose readers"
        + " before their connection.");

    public static InvalidOperationException ReaderNotDisposed() => new(
        "A reader of the connection was closed but not disposed. This version of Npgsql uses its reader again for the connection's"
        + " next command and does not let the pool exchange it, so that a late call would touch the next holder's rows: dispose readers"
        + " before their connection.");

    public static InvalidOperationException OtherDatabase(string database) => new(
        $"The connection was moved to database '{database}' (ChangeDatabase), so that it is closed instead of pooled.");

    public static InvalidOperationException TransactionOver() => new(
        "The transaction has ended: it was disposed, or its connection was closed.");

    public static InvalidOperationException NotOurs(string what) => new(
        $"The {what} is none of a PooledDbConnection; use those that this connection makes.");

    public static InvalidOperationException NoConnection() => new("The command has no connection; set its Connection.");

    public static InvalidOperationException AlreadyEnlisted() => new(
        "The connection takes part in another transaction that has not ended.");

    public static NotSupportedException ConnectionStringIsFixed() => new(
        "The connection string of a pooled connection is its data source's; make another data source.");

    public static NotSupportedException NoTwoPhaseCommit() => new(
        "More than one connection takes part in the transaction, and two-phase commit is done for PostgreSQL only. Use one data"
        + " source within a TransactionScope.");

    public static InvalidOperationException BusyAtRollback() => new(
        "The transaction was rolled back while a command was executing on its connection.");

    /// <summary>
    /// Throws what an ADO.NET user expects in place of a pool's error: what the provider said when it could not connect, or a
    /// <see cref="PooledDbException"/>.
    /// </summary>
    public static Exception Translated(PoolException error, bool isDisposed)
    {
        if (error is PoolClosedException && isDisposed)
        {
            return new ObjectDisposedException(nameof(PooledDbDataSource), error);
        }

        if (error is ConnectFailedException or EndpointUnavailableException && error.InnerException is DbException cause)
        {
            // Thrown as it was, so that what knows the provider's errors knows this one.
            ExceptionDispatchInfo.Throw(cause);
        }

        return new PooledDbException(error);
    }
}
