using System.Collections.Immutable;

namespace ActorPool.Budgets.Book;

/// <summary>What one node says of itself, and what others ask of it.</summary>
sealed record NodeRecord
{
    public string Name { get; init; } = "";

    /// <summary>What its connections call themselves; tells one process from another.</summary>
    public string Client { get; init; } = "";

    /// <summary>Grows with everything that the node writes: if it stands still, the node is silent.</summary>
    public long Beat { get; init; }

    /// <summary>How many grants it holds.</summary>
    public int Held { get; init; }

    /// <summary>How many it would like to have in all.</summary>
    public int Wanted { get; init; }

    /// <summary>Whether others have seen it silent for too long: it may not renew any more.</summary>
    public bool IsFenced { get; init; }

    /// <summary>
    /// Whether it is fenced and its grants are free, but no more connections than an offline floor are left of it. Its record keeps its
    /// number: a successor has a floor of its own.
    /// </summary>
    public bool IsAdrift { get; init; }

    /// <summary>What others would like of its grants.</summary>
    public ImmutableArray<GrantAsk> Asks { get; init; } = [];

    /// <summary>What it lacks.</summary>
    public int Lacks => IsFenced ? 0 : Math.Max(0, Wanted - Held);

    /// <summary>What it has and does not want.</summary>
    public int Unused => Math.Max(0, Held - Wanted);
}
