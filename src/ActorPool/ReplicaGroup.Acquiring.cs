using System.Runtime.CompilerServices;
using ActorPool.Endpoints;
using ActorPool.Errors;
using ActorPool.Options;
using ActorPool.Routing;

namespace ActorPool;

/// <summary>The ways of an acquire: the hit at the member that was chosen, and what comes when there is none.</summary>
public sealed partial class ReplicaGroup<TConnection>
{
    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(CancellationToken cancellationToken = default) =>
        AcquireAsync(default(ReplicaRequest), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        AcquireAsync(new ReplicaRequest(Timeout: timeout), cancellationToken);

    /// <summary>
    /// Leases a connection of a member that suits the request. Never blocks. Throws what
    /// <see cref="IConnectionPool{TConnection}.AcquireAsync(CancellationToken)"/> throws; when no member can serve, the error
    /// names every member with its state.
    /// </summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait, wherever it has got to.</param>
    /// <exception cref="ArgumentException">A role is wanted, but there is no <see cref="ReplicaGroupOptions{TConnection}.RoleProbe"/>; or the timeout is negative.</exception>
    public ValueTask<Lease<TConnection>> AcquireAsync(ReplicaRequest request, CancellationToken cancellationToken = default)
    {
        var timeoutMs = TimeoutMsOf(request);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Lease<TConnection>>(cancellationToken);
        }

        if (TryHit(request, out var chosen, out var lease))
        {
            return new ValueTask<Lease<TConnection>>(lease);
        }

        return TryServe(request, ref chosen, out lease) ? new ValueTask<Lease<TConnection>>(lease)
            : timeoutMs == 0 ? ValueTask.FromException<Lease<TConnection>>(NoneFree(request))
            : Awaitable(Route(request, chosen, timeoutMs, cancellationToken));

        static ValueTask<Lease<TConnection>> Awaitable(RoutePromise<TConnection> promise) => new(promise, promise.Token);
    }

    /// <inheritdoc/>
    public ValueTask<Lease<TConnection>> AcquireAsync(AcquireLease request, CancellationToken cancellationToken = default) =>
        AcquireAsync(new ReplicaRequest(Timeout: request.Timeout, Holder: request.Holder), cancellationToken);

    /// <inheritdoc/>
    public Lease<TConnection> Acquire(TimeSpan? timeout = null)
    {
        var request = new ReplicaRequest(Timeout: timeout);
        var timeoutMs = TimeoutMsOf(request);
        if (TryHit(request, out var chosen, out var lease) || TryServe(request, ref chosen, out lease))
        {
            return lease;
        }

        if (timeoutMs == 0)
        {
            throw NoneFree(request);
        }

        var route = NewRoute(request, timeoutMs, CancellationToken.None);
        route.Promise.PrepareBlock();
        route.Begin(chosen, CancellationToken.None);
        if (!route.Promise.Block(timeoutMs >= int.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(timeoutMs)))
        {
            // Timers run late; it keeps the time itself.
            route.Tell(RouteMessage.Command(RouteRequest.Expired));
            route.Promise.Block(Timeout.InfiniteTimeSpan);
        }

        return route.Promise.TakeLease();
    }

    /// <summary>
    /// Leases an idle connection of any member, in the order of the strategy. See
    /// <see cref="IConnectionPool{TConnection}.TryAcquire"/>.
    /// </summary>
    public bool TryAcquire(out Lease<TConnection> lease) =>
        TryHit(default, out var chosen, out lease) || TryServe(default, ref chosen, out lease, everywhere: true);

    ValueTask<LeaseReply<TConnection>> IPoolReceiver<TConnection>.AskAsync(AcquireLease request, CancellationToken cancellationToken)
    {
        var wanted = new ReplicaRequest(Timeout: request.Timeout, Holder: request.Holder);
        var timeoutMs = TimeoutMsOf(wanted);
        if (cancellationToken.IsCancellationRequested)
        {
            return new(new LeaseReply<TConnection>(new OperationCanceledException(cancellationToken)));
        }

        if (TryHit(wanted, out var chosen, out var lease) || TryServe(wanted, ref chosen, out lease))
        {
            return new(new LeaseReply<TConnection>(lease));
        }

        if (timeoutMs == 0)
        {
            return new(new LeaseReply<TConnection>(NoneFree(wanted)));
        }

        var promise = Route(wanted, chosen, timeoutMs, cancellationToken);
        return new(promise, promise.Token);
    }

    /// <summary>What most acquires are: choose, and take what lies there.</summary>
    bool TryHit(in ReplicaRequest request, out ReplicaMember? chosen, out Lease<TConnection> lease)
    {
        var role = request.Role ?? _settings.Role;
        chosen = _choice.Choose(_supervisor.View, role, request.Key);
        if (chosen is not null
            && request.Holder is null
            && !chosen.Supervisor.Telemetry.WatchesLeases
            && _choice.MayServe(chosen.Role, role)
            && chosen.Supervisor.AcquireAtOnce(out var generation) is { } slot)
        {
            lease = Unsafe.As<ReplicaMember<TConnection>>(chosen).Pool.LeaseOf(slot, generation);
            return true;
        }

        lease = default;
        return false;
    }

    /// <summary>
    /// The member that was chosen has nothing that can be had without a second thought: gives it that thought, which shows
    /// it that there is demand. Unless it is known to serve soon, who else has a connection to give does. Nobody waits.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    bool TryServe(in ReplicaRequest request, ref ReplicaMember? chosen, out Lease<TConnection> lease, bool everywhere = false)
    {
        lease = default;
        if (chosen is null || request.Holder is not null)
        {
            return false;
        }

        var role = request.Role ?? _settings.Role;
        if (TryTake(chosen, role, out lease))
        {
            return true;
        }

        var isFull = _choice.Spills && chosen.Supervisor.IsFullNow;
        if (chosen.IsProven && !isFull && !everywhere)
        {
            return false;
        }

        var view = _supervisor.View;
        var passedOver = new List<ReplicaMember> { chosen };
        ReplicaMember? withRoom = null;
        while (_choice.Choose(view, role, request.Key, passedOver, withRoom: true, usable: true) is { } other)
        {
            if (other.Supervisor.IdleNow > 0 && TryTake(other, role, out lease))
            {
                return true;
            }

            withRoom ??= other;
            passedOver.Add(other);
        }

        if (isFull)
        {
            chosen = withRoom ?? chosen;
        }

        return false;
    }

    bool TryTake(ReplicaMember member, TargetRole role, out Lease<TConnection> lease)
    {
        lease = default;
        return _choice.MayServe(member.Role, role) && Unsafe.As<ReplicaMember<TConnection>>(member).Pool.TryAcquire(out lease);
    }

    RoutePromise<TConnection> Route(
        in ReplicaRequest request, ReplicaMember? chosen, long timeoutMs, CancellationToken cancellationToken)
    {
        var route = NewRoute(request, timeoutMs, cancellationToken);
        route.Begin(chosen, cancellationToken);
        return route.Promise;
    }

    RoutedAcquire<TConnection> NewRoute(in ReplicaRequest request, long timeoutMs, CancellationToken cancellationToken) => new(
        _system,
        _supervisor,
        _factory,
        _choice,
        request,
        timeoutMs,
        new RoutePromise<TConnection>(_system.Dispatcher, CreateError, cancellationToken));

    Exception CreateError(RouteFailure failure, CancellationToken cancellationToken)
    {
        var picture = TakePicture();
        return RoutingErrors.Create(failure, Sum(picture), SnapshotMembers(picture), picture.LookupError, cancellationToken);
    }

    Exception NoneFree(in ReplicaRequest request) => CreateError(
        new RouteFailure(_supervisor.IsClosed ? RouteOutcome.Closed : RouteOutcome.TimedOut, 0, request.Role ?? _settings.Role, []),
        CancellationToken.None);

    long TimeoutMsOf(in ReplicaRequest request) =>
        request.Role is not (null or TargetRole.Any) and var role && !_settings.KnowsRoles ? throw RoutingErrors.NoRoleProbe(role.Value, Name)
        : request.Timeout is { } timeout ? ToTimeoutMs(timeout)
        : _settings.AcquireTimeoutMs;
}
