using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorPool.Mutations;

/// <summary>What a run of the simulation says about the build that it ran.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Seed">The first failing seed, if it says so.</param>
/// <param name="Check">Which check found it, or in what other way it ended.</param>
/// <param name="Message">What the check says, or what there is to say about the end.</param>
sealed partial record SimulationVerdict(VerdictKind Kind, long? Seed, string Check, string Message)
{
    /// <summary>Exit codes of the simulation; every other is a crash.</summary>
    const int Passed = 0;
    const int Failed = 1;

    const int MessageMax = 300;

    /// <summary>Whether the break that was built in was noticed.</summary>
    public bool IsFound => Kind is VerdictKind.Failed or VerdictKind.Hung or VerdictKind.Crashed;

    /// <summary>What a run says that ended by itself or was ended.</summary>
    public static SimulationVerdict Of(ProcessEnd end) => end switch
    {
        { ExitCode: null } => new(VerdictKind.Hung, null, "hangs", $"hangs at seed unknown: no end within {end.Time.TotalSeconds:0} s"),
        { ExitCode: Passed } => new(VerdictKind.Passed, null, "", "no seed fails"),
        { ExitCode: Failed } when FailedLine().Matches(end.Output) is [var line] => new(
            VerdictKind.Failed,
            long.Parse(line.Groups["seed"].Value, CultureInfo.InvariantCulture),
            line.Groups["check"].Value,
            line.Groups["message"].Value),
        { ExitCode: Failed } => new(
            VerdictKind.Unreadable, null, "unreadable", $"exit code 1 without exactly one line 'seed N failed: Check: message': {Tail(end)}"),
        _ => new(VerdictKind.Crashed, null, $"crashes (exit code {end.ExitCode})", Tail(end)),
    };

    /// <summary>The end of what a process has written; errors, if there are any.</summary>
    public static string Tail(ProcessEnd end)
    {
        var text = string.IsNullOrWhiteSpace(end.Errors) ? end.Output : end.Errors;
        var line = text.Trim().ReplaceLineEndings(" ");
        return line.Length <= MessageMax ? line : "…" + line[^MessageMax..];
    }

    [GeneratedRegex(@"^seed (?<seed>\d{1,18}) failed: (?<check>\w+): (?<message>[^\r\n]*)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FailedLine();
}
