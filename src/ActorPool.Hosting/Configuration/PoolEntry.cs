using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>One pool as it is configured.</summary>
/// <param name="Name">Its key under <c>pools</c>.</param>
/// <param name="ConnectorName">Which connector it has, as it was registered: <c>tcp</c>.</param>
/// <param name="Section">Its object.</param>
/// <param name="ConnectorSection">The connector's object in it.</param>
/// <param name="ConnectorDefaults">The object of this connector beside <c>pools</c>, from which all its pools have their defaults; it may be missing.</param>
/// <param name="Options">How it behaves.</param>
/// <param name="Kind">What it is made into.</param>
sealed record PoolEntry(
    string Name,
    string ConnectorName,
    IConfigurationSection Section,
    IConfigurationSection ConnectorSection,
    IConfigurationSection ConnectorDefaults,
    PoolOptions Options,
    PoolKind Kind);
