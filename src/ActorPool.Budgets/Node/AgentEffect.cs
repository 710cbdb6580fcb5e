namespace ActorPool.Budgets.Node;

/// <summary>What a <see cref="GrantAgent"/> wants done. Carried out in order; the answers come back as calls of the agent.</summary>
abstract record AgentEffect
{
    /// <summary>Send to the engine; answered by <see cref="GrantAgent.Replied"/> or <see cref="GrantAgent.Failed(long, string)"/>, or not at all.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Transaction">What to send.</param>
    /// <param name="Timeout">After how long to give up, and to say so with <see cref="GrantAgent.Failed(long, string)"/>.</param>
    public sealed record Send(long Id, GrantTransaction Transaction, TimeSpan Timeout) : AgentEffect;

    /// <summary>The node's pools may have so many connections from now on; answered by <see cref="GrantAgent.Used"/>, as every change of theirs is.</summary>
    /// <param name="Total">How many in all.</param>
    /// <param name="Recall">
    /// Whether what they have above is an order: <see cref="EvictMode.Soft"/>, leased connections when they come back;
    /// <see cref="EvictMode.Hard"/>, at once. Null: a request, for idle ones only.
    /// </param>
    public sealed record Limit(int Total, EvictMode? Recall) : AgentEffect;

    /// <summary>End the sessions of a node at the server; answered by <see cref="GrantAgent.FenceAnswered"/>.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="ClientName">Whose.</param>
    public sealed record Fence(long Id, string ClientName) : AgentEffect;

    /// <summary>End the sessions of all nodes but these; answered by <see cref="GrantAgent.FenceAnswered"/>.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Known">Whose stay.</param>
    public sealed record FenceOthers(long Id, IReadOnlyList<string> Known) : AgentEffect;

    /// <summary>Tell operators.</summary>
    /// <param name="What">What happened.</param>
    public sealed record Tell(AgentNews What) : AgentEffect;
}
