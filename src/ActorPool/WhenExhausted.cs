namespace ActorPool;

/// <summary>What an acquire does when every connection is leased, or spoken for by those who came before.</summary>
public enum WhenExhausted
{
    /// <summary>It waits in line.</summary>
    Wait = 0,

    /// <summary>It fails at once with <see cref="PoolExhaustedException"/>. An acquire that only waits for a connection to open still waits.</summary>
    Throw,

    /// <summary>
    /// A connection is opened for it above <see cref="PoolOptions.MaxSize"/>, which is closed when it is returned; counted and
    /// logged. It waits as long as that takes, or for one that is returned before.
    /// </summary>
    OpenTransient,
}
