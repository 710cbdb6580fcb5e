namespace QuickStart;

/// <summary>The second without a server, and how the pool got over it.</summary>
sealed record Outage
{
    public required TimeSpan Length { get; init; }

    /// <summary>From the server's return to the first answer; null if there was none.</summary>
    public TimeSpan? FirstAnswer { get; init; }

    /// <summary>From the server's return until the pool was healthy and nobody waited who had waited then; null if it did not come to that.</summary>
    public TimeSpan? Healed { get; init; }
}
