namespace ActorPool.Budgets.Options;

/// <summary>Checks the options of a budget: every rule in one place, every problem in one error, nothing corrected.</summary>
static class BudgetOptionsValidator
{
    /// <summary>How long a budget's name and a node's may be: both fit with eight digits into PostgreSQL's 63 characters of an application's name.</summary>
    public const int NameLengthMax = 24;

    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">Lists all problems, one on each line, each by the name of its option.</exception>
    public static void Validate(ClusterBudgetOptions options)
    {
        var problems = FindProblems(options);
        if (problems.Count > 0)
        {
            var lines = string.Concat(problems.Select(static problem => $"{Environment.NewLine}  {problem}"));
            throw new ArgumentException($"The options of budget '{Printable(options.Name)}' cannot be used:{lines}", nameof(options));
        }
    }

    /// <summary>Every problem in words that begin with the option's name; empty if there is none.</summary>
    public static List<string> FindProblems(ClusterBudgetOptions options)
    {
        var problems = new List<string>();
        Name(options.Name, nameof(options.Name));
        if (options.NodeName is { } node)
        {
            Name(node, nameof(options.NodeName));
        }

        Range(options.Connections, 1, 1_000_000, nameof(options.Connections));
        Range(options.MaxNodes ?? 1, 1, 100_000, nameof(options.MaxNodes));
        Range(options.OfflineFloor, 0, 1_000_000, nameof(options.OfflineFloor));
        Range(options.EngineConnections, 0, 1_000, nameof(options.EngineConnections));
        if (!Enum.IsDefined(options.OnDeadline))
        {
            problems.Add($"{nameof(options.OnDeadline)} is {options.OnDeadline:D}, must be {string.Join(" or ", Enum.GetNames<OnDeadline>())}");
        }

        FindNumberProblems(options, problems);
        FindTimeProblems(options, problems);
        return problems;

        void Name(string? value, string name)
        {
            if (value is null || !IsName(value))
            {
                problems.Add($"{name} is '{Printable(value)}', must be 1 to {NameLengthMax} letters (a to z), digits and . _ -");
            }
        }

        void Range(int value, int min, int max, string name)
        {
            if (value < min || value > max)
            {
                problems.Add($"{name} is {value}, must be {min} to {max}");
            }
        }
    }

    /// <summary>Whether it can name a budget or a node.</summary>
    public static bool IsName(string text) => text.Length is >= 1 and <= NameLengthMax && text.All(IsNameLetter);

    /// <summary>Whether a name may have it.</summary>
    public static bool IsNameLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';

    /// <summary>What a budget of many nodes has to know of their number, and whether it is large enough for them.</summary>
    static void FindNumberProblems(ClusterBudgetOptions options, List<string> problems)
    {
        if (options.NodeNumber is { } number)
        {
            if (number < 0)
            {
                problems.Add($"{nameof(options.NodeNumber)} is {number}, must be 0 or more");
            }

            if (options.MaxNodes is null)
            {
                problems.Add($"{nameof(options.NodeNumber)} is {number} but {nameof(options.MaxNodes)} is not given: it is a number among so many");
            }
            else if (number >= options.MaxNodes)
            {
                problems.Add($"{nameof(options.NodeNumber)} ({number}) is not below {nameof(options.MaxNodes)} ({options.MaxNodes}): nodes are counted from 0");
            }
        }

        if (options.OfflineFloor > 0 && (options.MaxNodes is null || options.NodeNumber is null))
        {
            problems.Add(
                $"{nameof(options.OfflineFloor)} is {options.OfflineFloor} but {nameof(options.MaxNodes)} and {nameof(options.NodeNumber)} are not both given: "
                + "a node that nobody can reach keeps its floor only if it is certain how many do");
        }

        if (options.EngineConnections > 0 && options.MaxNodes is null)
        {
            problems.Add(
                $"{nameof(options.EngineConnections)} is {options.EngineConnections} but {nameof(options.MaxNodes)} is not given: so many are set aside for every node");
        }

        var perNode = (long)options.OfflineFloor + options.EngineConnections;
        if (options.MaxNodes is { } nodes && perNode > 0 && perNode * nodes >= options.Connections)
        {
            problems.Add(
                $"{nameof(options.Connections)} ({options.Connections}) leaves nothing to share out: {nameof(options.OfflineFloor)} ({options.OfflineFloor}) and "
                + $"{nameof(options.EngineConnections)} ({options.EngineConnections}) of {nameof(options.MaxNodes)} ({nodes}) take {perNode * nodes}");
        }
    }

    static void FindTimeProblems(ClusterBudgetOptions options, List<string> problems)
    {
        var found = problems.Count;
        Time(options.Lifetime, TimeSpan.FromSeconds(1), Hour, nameof(options.Lifetime));
        if (problems.Count > found)
        {
            return; // the others are measured by it
        }

        Time(options.Margin, options.Lifetime / 100, Day, nameof(options.Margin), $"a hundredth of {nameof(options.Lifetime)} to 1 day");
        Time(
            options.ClosingTime, TimeSpan.FromMilliseconds(10), options.Lifetime / 3, nameof(options.ClosingTime), $"10 ms to a third of {nameof(options.Lifetime)}");
        Time(
            options.RenewEvery(), TimeSpan.FromMilliseconds(50), options.Lifetime / 2, nameof(options.RenewInterval), $"50 ms to half of {nameof(options.Lifetime)}");
        Time(options.RequestWithin(), TimeSpan.FromMilliseconds(10), options.Lifetime, nameof(options.RequestTimeout), $"10 ms to {nameof(options.Lifetime)}");
        Time(options.PollInterval, TimeSpan.FromMilliseconds(10), options.RenewEvery(), nameof(options.PollInterval), $"10 ms to {nameof(options.RenewInterval)}");
        Time(options.SettleTime, TimeSpan.Zero, Hour, nameof(options.SettleTime));
        Time(options.FreezeQuarantine, TimeSpan.Zero, Day, nameof(options.FreezeQuarantine));
        if (problems.Count == found && options.RenewEvery() + options.RequestWithin() + options.ClosingTime >= options.Lifetime)
        {
            problems.Add(
                $"{nameof(options.RenewInterval)} ({options.RenewEvery()}), {nameof(options.RequestTimeout)} ({options.RequestWithin()}) and {nameof(options.ClosingTime)} "
                + $"({options.ClosingTime}) together are not below {nameof(options.Lifetime)} ({options.Lifetime}): one late answer would cut a node off");
        }

        void Time(TimeSpan value, TimeSpan min, TimeSpan max, string name, string? range = null)
        {
            if (value < min || value > max)
            {
                problems.Add($"{name} is {value}, must be {(range is null ? $"{min} to {max}" : $"{range} ({Shown(min)} to {Shown(max)})")}");
            }
        }

        // a third of 10 s has too many digits to be read
        static TimeSpan Shown(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Floor(time.TotalMilliseconds));
    }

    // a name that is none may be anything, line ends included
    static string Printable(string? text) =>
        text is null ? "" : string.Concat(text.Take(64).Select(static letter => char.IsControl(letter) ? '?' : letter)) + (text.Length > 64 ? "…" : "");
}
