namespace ActorPool.Actors;

/// <summary>The system's randomness.</summary>
sealed class SystemRandom : IRandomSource
{
    public static SystemRandom Instance { get; } = new();

#pragma warning disable RS0030, CA5394 // the one place that owns it; spreading load needs no secrets
    public double NextDouble() => Random.Shared.NextDouble();
#pragma warning restore RS0030, CA5394
}
