using System.Globalization;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>How many files, sockets among them, this process may have open.</summary>
static class FileLimit
{
    const string LimitsFile = "/proc/self/limits";
    const string Row = "Max open files";

    /// <summary>The limit where the system tells it; otherwise none. The runtime has raised it as far as it may.</summary>
    public static long Read() => !File.Exists(LimitsFile)
        ? long.MaxValue
        : File.ReadLines(LimitsFile)
            .Where(static line => line.StartsWith(Row, StringComparison.Ordinal))
            .Select(static line => line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
            .Select(static limit => long.TryParse(limit, CultureInfo.InvariantCulture, out var files) ? files : long.MaxValue)
            .FirstOrDefault(long.MaxValue);
}
