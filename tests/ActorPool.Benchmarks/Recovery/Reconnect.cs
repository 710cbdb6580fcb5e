namespace ActorPool.Benchmarks.Recovery;

/// <summary>How somebody came back after an outage.</summary>
/// <param name="AllBackMs">From the server's return until all connections had logged in.</param>
/// <param name="FirstSuccessMs">From the server's return until the first request was answered.</param>
/// <param name="ConnectsMost">The most connects at a time, counted at the connector.</param>
/// <param name="StartingMost">The same, counted at the server: connections that had not logged in yet.</param>
/// <param name="InVain">Connects while nobody listened.</param>
readonly record struct Reconnect(double AllBackMs, double FirstSuccessMs, int ConnectsMost, int StartingMost, int InVain);
