using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Spectre.Console;

namespace QuickStart;

/// <summary>What the command line says.</summary>
sealed record Settings
{
    /// <summary>How long a worker waits for one answer.</summary>
    public TimeSpan AnswerTimeout { get; } = TimeSpan.FromMilliseconds(250);

    public int Workers { get; } = 64;

    public required TimeSpan Duration { get; init; }

    public required bool Plain { get; init; }

    /// <summary>The same seed brings the same faults in the same order.</summary>
    public required int Seed { get; init; }

    /// <summary>The user's own server; null for the embedded one, which has a bad day.</summary>
    public required (string Host, int Port)? Server { get; init; }

    public required bool SpeaksRedis { get; init; }

    /// <summary>False if there is nothing to run: the arguments are wrong, or only help was asked for.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out Settings? settings, out int exitCode)
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long the day lasts, 1 to 3600.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
            CustomParser = result => WholeNumber(result, 1, 3_600),
        };
        var plain = new Option<bool>("--plain") { Description = "One line per second instead of the live table." };
        var seed = new Option<int>("--seed")
        {
            Description = "Repeats the faults of an earlier day. [default: random]",
            HelpName = "N",
            CustomParser = result => WholeNumber(result, 0, int.MaxValue),
        };
        var connect = new Option<(string, int)?>("--connect")
        {
            Description = "A line-echo server of your own: no faults then, and no outage.",
            HelpName = "host:port",
            CustomParser = HostAndPort,
        };
        var ping = new Option<string?>("--ping")
        {
            Description = "What the server of your own speaks instead of echo.",
            HelpName = "redis",
            CustomParser = Redis,
        };

        var command = new RootCommand("64 workers share 8 connections to a server that has a bad day.")
        {
            seconds, plain, seed, connect, ping,
        };
        var result = command.Parse(args);
        var problem = result.Errors.Count > 0 ? result.Errors[0].Message
            : result.GetResult(ping) is not null && result.GetResult(connect) is null ? "--ping goes with --connect."
            : null;
        settings = null;
        if (problem is not null)
        {
            Console.Error.WriteLine($"QuickStart: {problem}");
            exitCode = 2;
            return false;
        }

        if (result.Action is not null)
        {
            // --help, --version
            exitCode = result.Invoke();
            return false;
        }

        exitCode = 0;
        settings = new Settings
        {
            Duration = TimeSpan.FromSeconds(result.GetValue(seconds)),
            Plain = result.GetValue(plain) || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi,
            Seed = result.GetResult(seed) is null ? Random.Shared.Next(100_000) : result.GetValue(seed),
            Server = result.GetValue(connect),
            SpeaksRedis = result.GetValue(ping) is not null,
        };
        return true;
    }

    static int WholeNumber(ArgumentResult result, int min, int max)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        result.AddError($"{OptionName(result)} takes a whole number from {min} to {max}, not '{text}'.");
        return 0;
    }

    static (string, int)? HostAndPort(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon].Trim('[', ']') : "";
        if (host.Length > 0
            && Uri.CheckHostName(host) != UriHostNameType.Unknown
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= 65_535)
        {
            return (host, port);
        }

        result.AddError($"{OptionName(result)} takes host:port, such as 127.0.0.1:6379, not '{text}'.");
        return null;
    }

    static string? Redis(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text != "redis")
        {
            result.AddError($"{OptionName(result)} takes redis, not '{text}'.");
        }

        return text;
    }

    static string OptionName(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? "";
}
