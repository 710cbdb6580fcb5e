using System.Globalization;

namespace ActorPool.Budgets.Cluster.Costs;

/// <summary>How much processor time an engine's processes have had, by <c>/proc</c>.</summary>
sealed class EngineProcesses
{
    // Linux says so to every program that asks.
    const double TicksPerSecond = 100;

    readonly int[] _roots;

    /// <param name="arguments">What stands in the command lines of its processes.</param>
    public EngineProcesses(IReadOnlyCollection<string> arguments) => _roots =
    [
        .. All().Where(id => Read(id, "cmdline").Split('\0') is [var program, .. var rest]
            && !program.EndsWith("runuser", StringComparison.Ordinal) && rest.Any(arguments.Contains)),
    ];

    /// <summary>So far, of all of them and of the processes that they have started.</summary>
    public TimeSpan Used() => TimeSpan.FromSeconds(All().Sum(Ticks) / TicksPerSecond);

    long Ticks(int id)
    {
        // After the name, which may contain anything: state, parent, …
        var stat = Read(id, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 15)
        {
            return 0;
        }

        long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
        var own = Field(11) + Field(12);
        return _roots.Contains(id) ? own + Field(13) + Field(14) : _roots.Contains((int)Field(1)) ? own : 0;
    }

    static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(static folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(static id => id > 0);

    static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            // It has ended.
            return "";
        }
    }
}
