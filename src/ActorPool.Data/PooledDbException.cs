using System.Data.Common;

namespace ActorPool.Data;

/// <summary>
/// What a pool says instead of giving a connection, in the shape that ADO.NET's users catch: a <see cref="DbException"/>. The
/// pool's own error, with its numbers and its ledger, is <see cref="PoolException"/>.
/// </summary>
/// <remarks>
/// Where the server itself refused (wrong password, no such database, connection refused for a long time), the provider's own
/// exception is thrown in its place, as if there were no pool.
/// </remarks>
public sealed class PooledDbException : DbException
{
    internal PooledDbException(PoolException error)
        : base(error.Message, error)
    {
        PoolException = error;
        IsTransient = error.Reason is PoolFailureReason.AcquireTimeout or PoolFailureReason.Exhausted or PoolFailureReason.Paused
            or PoolFailureReason.QueueFull or PoolFailureReason.Shed or PoolFailureReason.Unavailable or PoolFailureReason.ConnectTimeout;
        for (var cause = error.InnerException; cause is not null && SqlState is null; cause = cause.InnerException)
        {
            SqlState = (cause as DbException)?.SqlState;
        }
    }

    /// <summary>What the pool said.</summary>
    public PoolException PoolException { get; }

    /// <summary>Whether trying again later may help: there was no connection in time.</summary>
    public override bool IsTransient { get; }

    /// <summary>The state of the last failed open, if that is why there was no connection; null otherwise.</summary>
    public override string? SqlState { get; }
}
