namespace ActorPool;

/// <summary>What kind of failure kept a connection from opening, and with it whether waiting can cure it.</summary>
public enum OpenFailureKind
{
    /// <summary>It may pass: refused, timed out, reset, name not found. Waiters go on waiting, attempts go on with backoff.</summary>
    Transient = 0,

    /// <summary>The other end does not accept who we are. Waiters fail at once; attempts go on slowly.</summary>
    Credentials,

    /// <summary>The other end's certificate is not trusted, or ours is not accepted. Waiters fail at once; attempts go on slowly.</summary>
    Certificate,

    /// <summary>The connector cannot work as configured: a missing file, an unknown database. Waiters fail at once; attempts go on slowly.</summary>
    Configuration,
}
