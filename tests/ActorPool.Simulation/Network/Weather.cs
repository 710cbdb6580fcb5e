namespace ActorPool.Simulation.Network;

/// <summary>How often operations meet which fate: once in so many; 0 never.</summary>
sealed record Weather
{
    /// <summary>Nothing goes wrong, and everything ends.</summary>
    public static Weather Calm { get; } = new();

    public int AtOnce { get; init; } = 3;

    public int Slow { get; init; }

    public int Lost { get; init; }

    public int Deaf { get; init; }

    public int Failing { get; init; }

    /// <summary>Some weather or other.</summary>
    /// <param name="choices">Where it comes from.</param>
    /// <param name="isHarsh">Whether operations may be deaf.</param>
    public static Weather Draw(Choices choices, bool isHarsh) => new()
    {
        AtOnce = 1 + choices.Next(4),
        Slow = choices.Next(3) * 6,
        Lost = choices.Next(3) * 12,
        Deaf = isHarsh ? 4 + choices.Next(12) : 0,
        Failing = choices.Next(3) * 10,
    };

    public Fate Fate(Choices choices) =>
        Happens(choices, Failing) ? Network.Fate.Failing
        : Happens(choices, Lost) ? Network.Fate.Lost
        : Happens(choices, Deaf) ? Network.Fate.Deaf
        : Happens(choices, Slow) ? Network.Fate.Slow
        : Happens(choices, AtOnce) ? Network.Fate.AtOnce
        : Network.Fate.Normal;

    static bool Happens(Choices choices, int once) => once > 0 && choices.OneIn(once);
}
