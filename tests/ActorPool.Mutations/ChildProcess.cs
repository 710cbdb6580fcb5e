using System.Diagnostics;

namespace ActorPool.Mutations;

/// <summary>Runs other programs, and leaves none behind: one whose time is over, or that nobody waits for any more, is stopped with its children.</summary>
static class ChildProcess
{
    /// <summary>Runs a program to its end, or for as long as it may take.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been stopped.</exception>
    public static async Task<ProcessEnd> RunAsync(
        string program, IEnumerable<string> arguments, string folder, TimeSpan timeMax, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_NOLOGO"] = "1",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
                ["MSBUILDDISABLENODEREUSE"] = "1",
            },
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeMax);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        int? exitCode = null;
        try
        {
            await process.WaitForExitAsync(limit.Token);
            exitCode = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // By process id, and its children with it: MSBuild has some.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new ProcessEnd(exitCode, await output, await errors, clock.Elapsed);
    }
}
