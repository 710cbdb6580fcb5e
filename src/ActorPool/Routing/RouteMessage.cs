namespace ActorPool.Routing;

/// <summary>A message to a <see cref="RoutedAcquire{TConnection}"/>.</summary>
struct RouteMessage
{
    public RouteRequest Request;

    /// <summary>Begin: the member to begin at; null if nobody is to be had.</summary>
    public ReplicaMember? Member;

    /// <summary>AttemptEnded: which attempt. Begin: the answer, which the caller starts himself.</summary>
    public object? Attempt;

    public static RouteMessage Command(RouteRequest request) => new()
    {
        Request = request,
    };

    public static RouteMessage Begin(ReplicaMember? member) => new()
    {
        Request = RouteRequest.Begin,
        Member = member,
    };

    public static RouteMessage AttemptEnded(object attempt) => new()
    {
        Request = RouteRequest.AttemptEnded,
        Attempt = attempt,
    };

    public override readonly string ToString() => Request.ToString();
}
