namespace ActorPool;

/// <summary>Closes the connections that are open now; those missing to the minimum are opened anew. Done when it has begun.</summary>
/// <param name="Mode">Whether leased connections are closed when they are returned, or under their holders.</param>
/// <param name="Over">
/// Spreads the closing evenly over this time instead, so that not all are missing at once; leased ones are closed when they
/// are returned, whatever the mode. Null or zero closes at once.
/// </param>
/// <param name="ConnectionId">
/// The one connection that is meant (<see cref="ConnectionSnapshot.ConnectionId"/>); if it is gone already, nothing is closed.
/// Null means all. A group of replicas refuses a number: its members count their connections each for itself.
/// </param>
public sealed record EvictConnections(EvictMode Mode = EvictMode.Soft, TimeSpan? Over = null, long? ConnectionId = null) : PoolCommand;
