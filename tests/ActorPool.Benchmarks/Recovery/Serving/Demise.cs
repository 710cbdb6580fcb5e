namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>When a server ends its connections with a reset.</summary>
enum Demise
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>As soon as it has accepted them.</summary>
    Accept,

    /// <summary>When the first request after the login comes.</summary>
    Request,
}
