namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>How a server behaves.</summary>
/// <param name="Service">What it speaks.</param>
/// <param name="LoginMs">How long the first answer of a connection takes.</param>
/// <param name="WorkMs">How long every other takes.</param>
/// <param name="Demise">When it ends its connections.</param>
/// <param name="Full">How many connections are all: when so many are ready, it says so.</param>
/// <param name="RelayedPort">Where <see cref="Service.Relay"/> leads.</param>
sealed record ServerPlan(Service Service, int LoginMs, int WorkMs, Demise Demise, int Full, int RelayedPort = 0);
