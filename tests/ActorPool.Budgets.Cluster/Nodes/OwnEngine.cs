namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>An engine that the nodes are themselves: brought by a program of its own, which needs what this one does not.</summary>
abstract class OwnEngine
{
    /// <summary>That of this process; null: it has none.</summary>
    public static OwnEngine? Current { get; set; }

    public abstract string Name { get; }

    /// <summary>Until others have noticed that a node is gone, and go on without it.</summary>
    public abstract TimeSpan NoticedWithin { get; }

    /// <summary>Where a node finds the others, as <see cref="NodeSettings.At"/>: asked before each is started.</summary>
    /// <param name="name">The node.</param>
    /// <param name="running">Those that run.</param>
    public abstract string Place(string name, IReadOnlyCollection<string> running);

    /// <summary>Makes a node's part of it, in the node's process.</summary>
    public abstract NodeEngine Connect(NodeSettings settings, PoolRuntime runtime);
}
