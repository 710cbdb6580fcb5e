namespace ActorPool.Net;

/// <summary>What a <see cref="StreamState"/> answers an operation that is about to begin.</summary>
enum OperationEntry
{
    /// <summary>Go on.</summary>
    Later = 0,

    /// <summary>Go on; and it is the first since the stream was opened or returned.</summary>
    First,

    /// <summary>Refused: the stream broke while nobody used it.</summary>
    Spoiled,

    /// <summary>Refused: the stream is closed.</summary>
    Closed,
}
