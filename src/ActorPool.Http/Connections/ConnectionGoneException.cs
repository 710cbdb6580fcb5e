namespace ActorPool.Http.Connections;

/// <summary>
/// What a handler gets that wants to connect a second time: its one connection is gone, or is about to end (GOAWAY). By its
/// own rules it only does so for a request that no answer has begun to come for.
/// </summary>
sealed class ConnectionGoneException(string endpoint)
    : IOException($"{endpoint}: the server closed the connection, or said that it will, before it answered.");
