namespace ActorPool.Hosting;

/// <summary>What the host does with the pools. In configuration: the object <c>hosting</c> beside <c>pools</c>.</summary>
public sealed class ActorPoolOptions
{
    /// <summary>
    /// Whether every pool opens its <see cref="PoolOptions.MinSize"/> connections when the host starts. Default true. Health checks
    /// report Unhealthy until that is done or has failed, so that no traffic comes before.
    /// </summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>
    /// How long the start of the host waits for the warm-up; it goes on when that time is over, whatever became of it. Default
    /// <see cref="TimeSpan.Zero"/>: it does not wait. For services whose readiness nobody asks for; <see cref="Timeout.InfiniteTimeSpan"/>
    /// waits until all pools are warm or have failed.
    /// </summary>
    public TimeSpan StartWait { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Whether changes of the configuration reach the running pools. Default true. What cannot be used is logged, and the pools
    /// stay as they are.
    /// </summary>
    public bool Reload { get; set; } = true;
}
