using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace ActorPool.Budgets.Postgres;

/// <summary>Whom connections are opened to, checked, and what may be said of it.</summary>
sealed partial class PostgresTarget
{
    // The shortest requests of a node that lives by the defaults wait for 3.3 s, and hosts and addresses are tried one after the other, each in its share of this: one that
    // swallows what it is sent must leave time for the next. Npgsql's cancelling, which nothing cuts short, connects within it too.
    const int ConnectSeconds = 2;

    // Npgsql leaves out a host that has failed, or was a standby, for so long. Its own 10 s are a whole lifetime: grants would be lost while nobody looks at the new primary.
    const int RecheckSeconds = 2;

    const int CancellationMilliseconds = 1000;

    PostgresTarget(NpgsqlConnectionStringBuilder builder, string name)
    {
        ConnectionString = builder.ConnectionString;
        Name = name;
    }

    /// <summary>With secrets.</summary>
    public string ConnectionString { get; }

    /// <summary>For messages, without secrets.</summary>
    public string Name { get; }

    /// <exception cref="ArgumentException">Lists all problems, each by the name of its option.</exception>
    public static PostgresTarget Parse(PostgresGrantStoreOptions options)
    {
        List<string> problems = [];
        var builder = TryParse(options.ConnectionString, problems);
        if (options.Table is null || !Table().IsMatch(options.Table))
        {
            problems.Add($"Table is '{options.Table}', must be name or schema.name, each of 1 to 63 letters, digits and _, the first no digit");
        }

        CheckApplicationName(options.ApplicationName, problems);
        return Finish(builder, options.ApplicationName, problems, nameof(PostgresGrantStoreOptions), nameof(options));
    }

    /// <exception cref="ArgumentException">The text makes no sense; it is not repeated.</exception>
    public static PostgresTarget Parse(string connectionString, string applicationName, string parameterName)
    {
        List<string> problems = [];
        var builder = TryParse(connectionString, problems);
        return Finish(builder, applicationName, problems, "PostgresGrantFence", parameterName);
    }

    /// <summary>Where the options lead, as far as they make sense.</summary>
    public static string Describe(PostgresGrantStoreOptions options) =>
        TryParse(options.ConnectionString, []) is { } builder ? $"{Describe(builder)}, table {options.Table}" : "PostgreSQL";

    static PostgresTarget Finish(NpgsqlConnectionStringBuilder? builder, string applicationName, List<string> problems, string what, string parameterName)
    {
        if (builder is null || problems.Count > 0)
        {
            throw new ArgumentException($"{what} cannot be used: {string.Join("; ", problems)}.", parameterName);
        }

        builder.ApplicationName = applicationName;
        builder.Pooling = false;
        builder.Enlist = false;
        builder.Multiplexing = false;
        builder.MaxAutoPrepare = 0;
        builder.CancellationTimeout = CancellationMilliseconds;
        builder.Timeout = builder.Timeout == 0 ? ConnectSeconds : Math.Min(builder.Timeout, ConnectSeconds);
        builder.HostRecheckSeconds = Math.Min(builder.HostRecheckSeconds, RecheckSeconds);
        if (builder.Host!.Contains(',', StringComparison.Ordinal))
        {
            builder.TargetSessionAttributes ??= "primary";
        }

        return new PostgresTarget(builder, Describe(builder));
    }

    // What Npgsql says of a text that it cannot read may be a part of a password.
    static NpgsqlConnectionStringBuilder? TryParse(string? connectionString, List<string> problems)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrWhiteSpace(builder.Host))
            {
                return builder;
            }

            problems.Add("ConnectionString names no Host");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            problems.Add("ConnectionString is none that Npgsql understands (keys and values like Host=…;Username=…, a value with ; or = in quotes); it is not repeated here, since it may hold a password");
        }

        return null;
    }

    static void CheckApplicationName(string? name, List<string> problems)
    {
        if (name is not { Length: > 0 and <= 63 } || name.Any(static letter => letter is < ' ' or > '~'))
        {
            problems.Add($"ApplicationName is '{name}', must be 1 to 63 letters of printable ASCII");
        }
    }

    static string Describe(NpgsqlConnectionStringBuilder builder) => string.Create(
        CultureInfo.InvariantCulture,
        $"PostgreSQL at {builder.Host}{(builder.Host!.Contains(':', StringComparison.Ordinal) ? "" : $":{builder.Port}")}, database {builder.Database ?? builder.Username}");

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();
}
