namespace ActorPool.Benchmarks.Reporting;

/// <summary>A figure that every row of a section has.</summary>
/// <param name="Head">Its name, with its unit.</param>
/// <param name="Format">How it is written.</param>
sealed record Column(string Head, string Format = "0.00");
