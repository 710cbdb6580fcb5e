namespace ActorPool.Hosting.Configuration;

/// <summary>What a configured pool is made into.</summary>
enum PoolKind
{
    /// <summary>One endpoint's pool.</summary>
    Single = 0,

    /// <summary>A replica group: its connector's object has <c>endpoints</c>.</summary>
    Replicas,

    /// <summary>A directory of pools: its connector's object has a <c>directory</c>.</summary>
    Directory,
}
