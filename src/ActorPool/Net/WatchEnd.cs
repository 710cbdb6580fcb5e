namespace ActorPool.Net;

/// <summary>How the idle watch found its <see cref="StreamState"/> when it ended.</summary>
[Flags]
enum WatchEnd
{
    /// <summary>In use, nobody waiting: the next read will see for itself.</summary>
    None = 0,

    /// <summary>Nobody had used the stream: what arrived was not asked for, and the stream is spoiled now.</summary>
    Untouched = 1,

    /// <summary>A reader waits for the watch and has to be woken.</summary>
    ReaderWaits = 2,
}
