namespace ActorPool.Benchmarks.Recovery;

/// <summary>What one candidate's callers have seen of one outage.</summary>
/// <param name="FirstSuccessMs">From the server's return.</param>
/// <param name="AllBackMs">The same, until all connections had been of use; not a number if they never were.</param>
/// <param name="FailedInFlight">Requests that were on their way to the server when it died.</param>
/// <param name="FailedOtherwise">Requests that failed and were not.</param>
/// <param name="ConnectsMost">Connects at a time: at the server, after its return, or, where they have no login, at the client.</param>
/// <param name="ConnectsInVain">Connects while it was away; not a number where nobody knows.</param>
/// <param name="OtherError">Of the failures that were not in flight the first.</param>
/// <param name="Successes">Requests answered in each tenth of a second since the kill.</param>
/// <param name="Ready">Connections that stood and had been of use, by time since the kill in seconds.</param>
sealed record OutageResult(
    double FirstSuccessMs,
    double AllBackMs,
    int FailedInFlight,
    int FailedOtherwise,
    double ConnectsMost,
    double ConnectsInVain,
    string? OtherError,
    IReadOnlyList<(double X, double Y)> Successes,
    IReadOnlyList<(double X, double Y)> Ready);
