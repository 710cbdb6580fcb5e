namespace ActorPool.Routing;

/// <summary>What a <see cref="PoolRouter"/> has to say about an endpoint's pool.</summary>
enum RouterAnswer : byte
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Here it is.</summary>
    Found,

    /// <summary>There is none, and the caller is the one to make it.</summary>
    MakeIt,

    /// <summary>Another caller is making it.</summary>
    BeingMade,

    /// <summary>The directory is closed.</summary>
    Closed,
}
