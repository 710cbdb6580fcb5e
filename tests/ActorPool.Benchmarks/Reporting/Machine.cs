using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>Where the figures come from.</summary>
sealed record Machine(int Cores, string Cpu, string Runtime, string Commit)
{
    const string Unknown = "unknown";

    public static Machine Describe() => new(
        Environment.ProcessorCount,
        ReadCpu(),
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}",
        ReadCommit());

    public override string ToString() => $"{Cores} cores of {Cpu} · {Runtime} · commit {Commit}";

    static string ReadCpu()
    {
        const string path = "/proc/cpuinfo";
        var lines = File.Exists(path) ? File.ReadLines(path) : [];
        var model = lines.FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
        return model?.Split(':')[^1].Trim() ?? Unknown;
    }

    static string ReadCommit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = AppContext.BaseDirectory,
            });
            var commit = git?.StandardOutput.ReadToEnd().Trim();
            return string.IsNullOrEmpty(commit) ? Unknown : commit;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git here.
            return Unknown;
        }
    }
}
