namespace ActorPool.Mutations;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">Its exit code; null if its time was over and it was stopped.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
/// <param name="Time">How long it ran.</param>
sealed record ProcessEnd(int? ExitCode, string Output, string Errors, TimeSpan Time);
