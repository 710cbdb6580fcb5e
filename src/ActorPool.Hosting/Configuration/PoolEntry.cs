using ActorPool.Hosting.Configuration.Tables;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>One pool as it is configured.</summary>
sealed class PoolEntry
{
    /// <summary>Its key under <c>pools</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which connector it has, as that was registered: <c>tcp</c>. Empty if its connector is said in code.</summary>
    public required string ConnectorName { get; init; }

    /// <summary>What it is made into.</summary>
    public required PoolKind Kind { get; init; }

    /// <summary>How it behaves. Its name is its key, unless its object or code says another.</summary>
    public required PoolOptions Options { get; init; }

    /// <summary>Its object.</summary>
    public required IConfigurationSection Section { get; init; }

    /// <summary>The connector's object in it; may be empty.</summary>
    public required IConfigurationSection ConnectorSection { get; init; }

    /// <summary>The object that has <c>pools</c> and, beside it, the defaults of all: of pools, and of each connector under its name.</summary>
    public required IConfigurationSection Defaults { get; init; }

    /// <summary>Which key said what each of the options is.</summary>
    public required OptionReading Reading { get; init; }
}
