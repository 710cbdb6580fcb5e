using System.Diagnostics;
using ActorPool.Servers;

namespace ActorPool.AkkaNet.Proof.Partitions;

/// <summary>iproute2's <c>ip</c>.</summary>
static class IpCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The whole path of the program; null if this machine does not have it.</summary>
    public static string? Program { get; } = RequiredServer.TryFind("ip", "/sbin");

    /// <summary>Does it all, in this order.</summary>
    /// <param name="lines">What would stand after <c>ip</c>.</param>
    /// <param name="inside">The network namespace in which it is done; null: the program's own.</param>
    public static async Task DoAsync(IEnumerable<string> lines, string? inside = null)
    {
        var (exitCode, said) = await RunAsync(inside is null ? ["-batch", "-"] : ["-n", inside, "-batch", "-"], lines);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"ip ended with {exitCode}. It said:\n{said}");
        }
    }

    /// <summary>Does what can be done.</summary>
    public static Task TryAsync(IEnumerable<string> lines) => RunAsync(["-force", "-batch", "-"], lines);

    static async Task<(int ExitCode, string Said)> RunAsync(string[] arguments, IEnumerable<string> lines)
    {
        var start = new ProcessStartInfo(Program!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(string.Concat(lines.Select(static line => $"{line}\n")));
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, string.Concat(await said));
    }
}
