using ActorPool.Actors;

namespace ActorPool.Routing;

/// <summary>A message to a <see cref="ReplicaSupervisor"/>.</summary>
struct GroupMessage
{
    public GroupRequest Request;

    /// <summary>OpenEnded: whether it succeeded. Faulted: whether the fault ended a lease.</summary>
    public bool Flag;

    /// <summary>Which member.</summary>
    public ReplicaMember? Member;

    /// <summary>OpenEnded, Faulted: how many leases of the member had ended. Changed, RoleAsked: its role before. WaitEnded: how.</summary>
    public long Number;

    /// <summary>WaitBegan, WaitEnded: which acquire.</summary>
    public Actor<RouteMessage>? Route;

    /// <summary>Whatever else belongs to the request; Picture, Close: the answer.</summary>
    public object? Payload;

    public static GroupMessage Command(GroupRequest request, object? payload = null) => new()
    {
        Request = request,
        Payload = payload,
    };

    public static GroupMessage OpenEnded(ReplicaMember member, bool succeeded, long ended) => new()
    {
        Request = GroupRequest.OpenEnded,
        Member = member,
        Flag = succeeded,
        Number = ended,
    };

    public static GroupMessage Faulted(ReplicaMember member, long ended, bool isLease) => new()
    {
        Request = GroupRequest.Faulted,
        Member = member,
        Flag = isLease,
        Number = ended,
    };

    public static GroupMessage Changed(ReplicaMember member, ReplicaRole before) => new()
    {
        Request = GroupRequest.Changed,
        Member = member,
        Number = (long)before,
    };

    public static GroupMessage RoleAsked(ReplicaMember member, ReplicaRole before) => new()
    {
        Request = GroupRequest.RoleAsked,
        Member = member,
        Number = (long)before,
    };

    public static GroupMessage Left(ReplicaMember member, PoolOverview last) => new()
    {
        Request = GroupRequest.Left,
        Member = member,
        Payload = last,
    };

    public static GroupMessage WaitBegan(Actor<RouteMessage> route, long sinceMs) => new()
    {
        Request = GroupRequest.WaitBegan,
        Route = route,
        Number = sinceMs,
    };

    public static GroupMessage WaitEnded(Actor<RouteMessage> route, RouteOutcome outcome) => new()
    {
        Request = GroupRequest.WaitEnded,
        Route = route,
        Number = (long)outcome,
    };

    public override readonly string ToString() => Request.ToString();
}
