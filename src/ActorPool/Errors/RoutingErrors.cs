using ActorPool.Diagnostics;
using ActorPool.Endpoints;
using ActorPool.Routing;

namespace ActorPool.Errors;

/// <summary>The messages of directories and replica groups. See <see cref="PoolErrors"/>.</summary>
static class RoutingErrors
{
    /// <summary>A directory that has credentials, but none for this host.</summary>
    public static PoolException NoCredentials(string host, string directory, int hosts) => new(
        $"There are no credentials for host '{host}': CredentialsByHost of directory '{directory}' has {hosts} other hosts, and"
        + " DefaultCredentials is not set. Add the host, or set a default.",
        directory,
        PoolFailureReason.NoCredentials,
        snapshot: null);

    /// <summary>A directory that is used after it was drained.</summary>
    public static PoolClosedException DirectoryClosed(string directory) => new(
        $"Directory '{directory}' is closed.", directory, snapshot: null);

    /// <summary>A factory that wants the pool that it is making.</summary>
    public static InvalidOperationException MadeWithinItself(Endpoint endpoint) => new(
        $"The pool of '{endpoint}' was asked for while it is being made on this thread: neither the connect delegate nor"
        + " Configure may use the pool that they are called for.");

    /// <summary>A factory that made nothing.</summary>
    public static InvalidOperationException NoConnector(Endpoint endpoint) => new(
        $"The connect delegate returned null for '{endpoint}'; it must return a connector or throw.");

    /// <summary>A role that nobody can know.</summary>
    public static ArgumentException NoRoleProbe(TargetRole role, string group) => new(
        $"Replica group '{group}' was asked for {role}, but has no RoleProbe, so that no role is known.", nameof(role));

    /// <summary>An eviction of one connection that a group was asked for.</summary>
    public static ArgumentException NumberOfAMember(string group, long connectionId) => new(
        $"Replica group '{group}' cannot evict connection {connectionId}: its members count their connections each for itself."
        + " Give the command to the member's own pool.",
        nameof(connectionId));

    /// <summary>The error that an acquire at a group ended with.</summary>
    public static Exception Create(
        RouteFailure failure, PoolSnapshot group, IReadOnlyList<ReplicaSnapshot> members, Exception? lookupError, CancellationToken cancellationToken)
    {
        var inner = Inner(failure, lookupError);
        return failure.Outcome switch
        {
            RouteOutcome.TimedOut => new AcquireTimeoutException(
                $"No member of replica group '{group.Name}'{Wanted(failure)} had a connection within {Describe.Seconds(failure.WaitedMs)}: {group}."
                + Members(members)
                + (lookupError is null ? "" : $" The last lookup failed: {Describe.Error(lookupError)}.")
                + " Look at MaxSize and AcquireTimeout, and at who keeps leases.",
                group.Name,
                group,
                Ledgers.Create(new WaitFailure(PoolFailureReason.AcquireTimeout, group, failure.WaitedMs)),
                inner),
            RouteOutcome.Cancelled when failure.Failures is [.., (_, OperationCanceledException ended)] => ended,
            RouteOutcome.Cancelled => new OperationCanceledException(
                $"The wait for a connection of replica group '{group.Name}' was cancelled after {Describe.Seconds(failure.WaitedMs)}.",
                cancellationToken),
            RouteOutcome.Closed => new PoolClosedException($"Replica group '{group.Name}' is closed.", group.Name, group, inner),
            RouteOutcome.Failed when Array.TrueForAll(failure.Failures, static one => one.Error is ConnectFailedException) =>
                new ConnectFailedException(
                    $"No member of replica group '{group.Name}'{Wanted(failure)} can open connections, and waiting does not cure it."
                    + Members(members),
                    group.Name,
                    group,
                    ((ConnectFailedException)failure.Failures[0].Error).Kind,
                    inner),
            RouteOutcome.Failed => new EndpointUnavailableException(
                $"No member of replica group '{group.Name}'{Wanted(failure)} can serve."
                + Members(members)
                + " Acquires fail at once until an open succeeds (UnavailableAfter).",
                group.Name,
                group,
                inner),
            _ => new PoolException(
                $"An acquire at replica group '{group.Name}' failed. This is a defect in ActorPool: please report it with the inner exception.",
                group.Name,
                PoolFailureReason.SupervisorFailed,
                group,
                inner),
        };
    }

    static Exception? Inner(RouteFailure failure, Exception? lookupError) => failure switch
    {
        { Defect: { } defect } => defect,
        { Failures: [] } => lookupError,
        { Failures: [var only] } => only.Error,
        _ => new AggregateException(failure.Failures.Select(static one => one.Error)),
    };

    static string Wanted(RouteFailure failure) => failure.Role == TargetRole.Any ? "" : $" in the role wanted ({failure.Role})";

    static string Members(IReadOnlyList<ReplicaSnapshot> members) => members.Count == 0
        ? " It has no members yet."
        : $" Its members: {string.Join("; ", members)}.";
}
