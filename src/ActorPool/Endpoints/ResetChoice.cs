namespace ActorPool.Endpoints;

/// <summary>What a holder wants in place of the pool's reset, for its own return.</summary>
/// <param name="Reset">The reset; null to skip it.</param>
sealed record ResetChoice(Func<object, CancellationToken, ValueTask>? Reset)
{
    public static ResetChoice Skip { get; } = new((Func<object, CancellationToken, ValueTask>?)null);
}
