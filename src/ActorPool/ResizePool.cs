namespace ActorPool;

/// <summary>
/// Changes the pool's size. Idle connections above the new maximum are closed at once, leased ones when they are returned;
/// those missing to the new minimum are opened.
/// </summary>
/// <param name="MinSize">As <see cref="PoolOptions.MinSize"/>.</param>
/// <param name="MaxSize">As <see cref="PoolOptions.MaxSize"/>.</param>
public sealed record ResizePool(int MinSize, int MaxSize) : PoolCommand;
