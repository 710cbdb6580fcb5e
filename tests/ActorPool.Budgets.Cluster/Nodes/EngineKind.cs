namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>Where the book is kept.</summary>
enum EngineKind
{
    /// <summary>In a PostgreSQL of its own.</summary>
    Postgres,

    /// <summary>In the PostgreSQL whose connections are counted.</summary>
    Same,

    /// <summary>In three members of an etcd.</summary>
    Etcd,

    /// <summary>In the nodes themselves, if the program has such an engine.</summary>
    Nodes,
}
