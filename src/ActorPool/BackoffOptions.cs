namespace ActorPool;

/// <summary>
/// How long an endpoint waits between failed opens: the n-th wait is a random time between zero and
/// <c>min(Max, Initial · 2ⁿ⁻¹)</c> ("full jitter", M. Brooker, <i>Exponential Backoff And Jitter</i>, AWS Architecture Blog, 2015).
/// </summary>
public sealed class BackoffOptions
{
    /// <summary>The bound of the first wait. Default 100 ms; 1 ms to 1 day.</summary>
    public TimeSpan Initial { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The bound of every wait. Default 30 s; <see cref="Initial"/> to 1 day.</summary>
    public TimeSpan Max { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether waits are random below their bound. Default true; false waits for the bound itself, so that many
    /// endpoints that failed together come back together.
    /// </summary>
    public bool Jitter { get; set; } = true;

    internal BackoffOptions Copy() => (BackoffOptions)MemberwiseClone();
}
