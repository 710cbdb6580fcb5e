using ActorPool.Endpoints;

namespace ActorPool.Routing;

/// <summary>
/// A member of a replica group. What choosers look at may be read from any thread; the rest belongs to the group's turn.
/// </summary>
abstract class ReplicaMember(ReplicaEndpoint target, int faultsMax)
{
    volatile ReplicaRole _role;
    volatile bool _isEjected;
    volatile bool _isSuspect;

    /// <summary>Since it was last asked for its role, and has not answered.</summary>
    public bool IsRoleAsked;

    /// <summary>Its ejections, less those that it was well long enough to have forgotten.</summary>
    public int Ejections;

    /// <summary>Until when it is ejected; when it was back last.</summary>
    public long EjectedUntilMs, BackSinceMs;

    /// <summary>What it was made from (<see cref="Options.ReplicaGroupSettings.Template"/>), or something older.</summary>
    public required object Template { get; init; }

    /// <summary>Where it is.</summary>
    public ReplicaEndpoint Target { get; } = target;

    /// <summary>The supervisor of its pool.</summary>
    public abstract EndpointSupervisor Supervisor { get; }

    /// <summary>Its faults.</summary>
    public FaultStreak Faults { get; } = new(faultsMax);

    /// <summary>What its role probe last said. Told by whoever asked, at once: a lease may depend on it.</summary>
    public ReplicaRole Role
    {
        get => _role;
        set => _role = value;
    }

    /// <summary>Whether it is left alone for a time.</summary>
    public bool IsEjected
    {
        get => _isEjected;
        set => _isEjected = value;
    }

    /// <summary>Whether its last open failed; the group knows it as soon as, or before, its supervisor does.</summary>
    public bool IsSuspect
    {
        get => _isSuspect;
        set => _isSuspect = value;
    }

    /// <summary>Whether its opens succeed, as far as anybody knows.</summary>
    public bool IsWell => !_isSuspect && !_isEjected && Supervisor.HealthNow == PoolHealth.Healthy;

    /// <summary>Whether it may be chosen: it is well, or has a connection to give although opens fail.</summary>
    public bool IsUsable =>
        IsWell || (!_isEjected && Supervisor is { HealthNow: not PoolHealth.Unavailable, IdleNow: > 0 });

    /// <summary>Whether it has shown that it can serve: it is well, and a connection to it is open.</summary>
    public bool IsProven => IsWell && Supervisor.PresentNow > 0;

    /// <summary>Leases and waiters.</summary>
    public int Load => Supervisor.LeasedNow + Supervisor.WaitingNow;

    /// <summary>Has it open a connection if it has none to give: demand without anybody who waits.</summary>
    public abstract void Nudge();

    /// <summary>Asks one of its connections for its role.</summary>
    /// <returns>Null if there was no connection to ask.</returns>
    public abstract Task<ReplicaRole?> AskRoleAsync();

    /// <summary>Gives its pool the options of now. Runs users' code.</summary>
    public abstract Task ReconfigureAsync();

    /// <summary>Drains its pool.</summary>
    public abstract Task DrainAsync(TimeSpan? deadline);

    public override string ToString() => Target.ToString();
}
