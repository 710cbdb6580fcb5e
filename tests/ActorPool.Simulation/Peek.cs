using System.Runtime.CompilerServices;
using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Endpoints;
using ActorPool.Grants;
using ActorPool.Routing;

namespace ActorPool.Simulation;

/// <summary>What the checks see of the shipped actors' insides, read between two turns. Nothing is ever written.</summary>
static class Peek
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "Mode")]
    public static extern ref ActorMode Mode(Actor actor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_timers")]
    public static extern ref ActorTimer? Timers(Actor actor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_slots")]
    public static extern ref SlotTable Slots(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_idle")]
    public static extern ref IdleSlots Idle(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_waiters")]
    public static extern ref WaiterQueue Waiters(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_health")]
    public static extern ref EndpointHealth Health(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_counters")]
    public static extern ref PoolCounters Counters(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_counts")]
    public static extern ref int[] Counts(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_transients")]
    public static extern ref int Transients(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stale")]
    public static extern ref int Stale(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_acquired")]
    public static extern ref long Acquired(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lastConnectionId")]
    public static extern ref long LastConnectionId(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_isPaused")]
    public static extern ref bool IsPaused(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_granted")]
    public static extern ref int Granted(EndpointSupervisor supervisor);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_granted")]
    public static extern ref int Granted(BudgetActor budget);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_max")]
    public static extern ref int Max(BudgetActor budget);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_actor")]
    public static extern ref BudgetActor Actor(ConnectionBudget budget);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lastAttemptMs")]
    public static extern ref long LastAttemptMs(EndpointHealth health);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_triedUntilMs")]
    public static extern ref long TriedUntilMs(EndpointHealth health);

    /// <summary>How many connections serve, or will: none that are to go.</summary>
    public static int Serving(EndpointSupervisor supervisor)
    {
        var counts = Counts(supervisor);
        return Slots(supervisor).InUse - counts[(int)SlotState.Closing] - counts[(int)SlotState.Doomed] - Stale(supervisor);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_closeByMs")]
    public static extern ref long CloseByMs(ConnectionActor connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_leaving")]
    public static extern ref List<ReplicaMember> Leaving(ReplicaSupervisor group);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_waiting")]
    public static extern ref Dictionary<Actor<RouteMessage>, long> Waiting(ReplicaSupervisor group);

    /// <summary>Whose connection it is.</summary>
    public static EndpointSupervisor Supervisor(OpenContext context) => ((ConnectionActor)Line(context)!).Slot.Supervisor;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_line")]
    static extern ref IConnectionLine? Line(OpenContext context);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Cause")]
    public static extern void Cause(Actor actor, Effect effect);
}
