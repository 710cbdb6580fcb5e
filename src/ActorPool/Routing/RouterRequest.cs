namespace ActorPool.Routing;

/// <summary>What a <see cref="RouterMessage"/> asks or reports.</summary>
enum RouterRequest : byte
{
    /// <summary>A caller wants the pool of an endpoint, and makes it if there is none.</summary>
    Get = 0,

    /// <summary>A caller wants the pool of an endpoint if there is one.</summary>
    TryGet,

    /// <summary>A caller wants the pool of an endpoint by a way to write it that was used before.</summary>
    FindByName,

    /// <summary>A caller has made the pool that it was to make.</summary>
    Made,

    /// <summary>A caller could not make the pool that it was to make.</summary>
    MakeFailed,

    /// <summary>A pool that was put out has closed.</summary>
    Drained,

    /// <summary>Somebody wants all pools.</summary>
    List,

    /// <summary>The directory closes.</summary>
    Close,
}
