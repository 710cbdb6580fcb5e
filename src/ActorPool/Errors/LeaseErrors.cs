using ActorPool.Diagnostics;
using ActorPool.Endpoints;

namespace ActorPool.Errors;

/// <summary>The errors of leases that have ended, and of those that are somebody else's.</summary>
static class LeaseErrors
{
    /// <summary>A lease was used after its end.</summary>
    public static Exception Ended(Seat? seat, long generation)
    {
        if (seat is null)
        {
            return new ObjectDisposedException("Lease", "This lease was never acquired (it is 'default').");
        }

        var pool = seat.Slot.Supervisor.Name;
        return seat.LastRevocation is { } revocation && revocation.Generation == generation
            ? Revoked(pool, revocation)
            : new ObjectDisposedException(
                $"Lease of pool '{pool}'",
                "This lease has ended: it was returned, or its connection was taken back. Acquire a new one.");
    }

    /// <summary>A lease was taken back.</summary>
    public static LeaseRevokedException Revoked(string poolName, Revocation revocation) => new(
        $"This lease of pool '{poolName}' was taken back after {Describe.Seconds(revocation.HeldMs)} ({revocation.Reason}): {Why(revocation.Reason)}."
        + " Its connection is closed; acquire a new one.",
        poolName,
        revocation.Reason);

    /// <summary>A lease was offered, and claimed too late.</summary>
    public static LeaseRevokedException Unclaimed<TConnection>(Lease<TConnection> lease)
        where TConnection : class
    {
        var pool = lease.Seat?.Slot.Supervisor.Name ?? "";
        return new(
            $"This lease of pool '{pool}' was taken back, since nobody claimed it in time. Claim a lease as soon as it is granted, and acquire a new one.",
            pool,
            CloseReason.LeaseLost);
    }

    /// <summary>A lease was given to the wrong pool.</summary>
    public static ForeignLeaseException Foreign(string poolName, string? ownName) => new(
        ownName is null
            ? $"Pool '{poolName}' was given a lease that was never acquired (it is 'default')."
            : $"Pool '{poolName}' was given a lease of pool '{ownName}', and has refused it. Return leases by disposing them.");

    /// <summary>A connection that others use too cannot be taken out.</summary>
    public static InvalidOperationException Shared(string poolName) => new(
        $"The connection cannot be detached from pool '{poolName}': it has other leases (MaxLeasesPerConnection).");

    static string Why(CloseReason reason) => reason switch
    {
        CloseReason.LeaseTimeout => "it had lasted for longer than LeaseTimeout",
        CloseReason.HolderEnded => "the scope that it was bound to has ended",
        CloseReason.LeaseLost => "all its copies were garbage",
        CloseReason.PoolClosed => "its pool was closed and waited no longer (DrainTimeout)",
        CloseReason.ActorFailed => "the pool's supervisor, or the connection's actor, has failed and was restarted",
        CloseReason.Evicted => "its connection was evicted",
        _ => "its connection could not be kept",
    };
}
