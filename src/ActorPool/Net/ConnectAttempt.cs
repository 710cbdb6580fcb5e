using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>How the attempt to connect to one address ended: with a socket or with an error.</summary>
sealed record ConnectAttempt(Candidate Candidate, Socket? Socket, Exception? Error);
