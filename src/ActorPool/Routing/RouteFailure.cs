namespace ActorPool.Routing;

/// <summary>
/// Why an acquire at a group got no lease. The error itself is made on the caller's thread
/// (<see cref="Errors.RoutingErrors"/>).
/// </summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="WaitedMs">How long it took.</param>
/// <param name="Role">Who might have served.</param>
/// <param name="Failures">What the members said that were asked.</param>
/// <param name="Defect">What the acquire's own turn threw; null unless it did.</param>
sealed record RouteFailure(
    RouteOutcome Outcome, long WaitedMs, TargetRole Role, (ReplicaMember Member, Exception Error)[] Failures, Exception? Defect = null);
