using System.Data.Common;
using System.Globalization;
using ActorPool.Data.Errors;

namespace ActorPool.Data.Connecting;

/// <summary>
/// Reads and changes connection strings through the provider's own builder, which knows its words; without one, by the words
/// that providers have in common.
/// </summary>
static class ConnectionStrings
{
    const string Pooling = "Pooling";
    const string ApplicationName = "Application Name";
    const string AutoPrepare = "Max Auto Prepare";

    static readonly string[] Secrets = ["password", "pwd", "secret", "token"];

    /// <summary>The same with the provider's own pooling off, if it has any.</summary>
    /// <param name="factory">The provider.</param>
    /// <param name="connectionString">What a user wrote.</param>
    /// <param name="name">The user's name for it.</param>
    /// <exception cref="ArgumentException">The provider does not understand it.</exception>
    public static string Unpooled(DbProviderFactory factory, string connectionString, string name)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new ArgumentException($"The {name} is empty.", name);
        }

        DbConnectionStringBuilder builder;
        try
        {
            builder = Parse(factory, connectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException)
        {
            throw DataErrors.BadConnectionString(name, error);
        }

        if (Knows(builder, Pooling))
        {
            builder[Pooling] = false;
        }

        return builder.ConnectionString;
    }

    /// <summary>Whether a provider that is given this pools by itself.</summary>
    public static bool Pools(DbProviderFactory? factory, string connectionString) =>
        Value(factory, connectionString, Pooling) is { } value
        && (value is bool isOn ? isOn : !bool.TryParse(value.ToString(), out isOn) || isOn);

    /// <summary>Whether a provider that is given this prepares statements of its own accord.</summary>
    public static bool PreparesItself(DbProviderFactory? factory, string connectionString) =>
        Value(factory, connectionString, AutoPrepare) is { } value
        && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var count)
        && count > 0;

    /// <summary>The same for a certain user.</summary>
    public static string WithCredentials(DbProviderFactory factory, string connectionString, Credentials credentials)
    {
        var builder = Parse(factory, connectionString);
        if (credentials.UserName is { } user)
        {
            builder["User ID"] = user;
        }

        if (credentials.Secret is { } secret)
        {
            builder["Password"] = secret;
        }

        return builder.ConnectionString;
    }

    /// <summary>The same under another name: what PostgreSQL and SQL Server show as the application's.</summary>
    /// <exception cref="ArgumentException">The provider's connections have no name.</exception>
    public static string WithApplicationName(DbProviderFactory factory, string connectionString, string name)
    {
        var builder = Parse(factory, connectionString);
        if (!Knows(builder, ApplicationName) && !IsPlain(builder))
        {
            throw new ArgumentException(
                $"The connections of {factory.GetType().Name} have no '{ApplicationName}' by which a budget's fence could know them.", nameof(factory));
        }

        builder[ApplicationName] = name;
        return builder.ConnectionString;
    }

    /// <summary>The same to another server and database.</summary>
    public static string To(DbProviderFactory factory, string connectionString, Endpoint endpoint)
    {
        var builder = Parse(factory, connectionString);
        var hasPort = Knows(builder, "Port");
        builder[Knows(builder, "Host") ? "Host" : Knows(builder, "Server") ? "Server" : "Data Source"] =
            endpoint.Port == 0 || hasPort ? endpoint.Host : string.Create(CultureInfo.InvariantCulture, $"{endpoint.Host},{endpoint.Port}");
        if (hasPort && endpoint.Port != 0)
        {
            builder["Port"] = endpoint.Port;
        }

        if (endpoint.Path.Length > 0)
        {
            builder["Database"] = endpoint.Path;
        }

        return builder.ConnectionString;
    }

    /// <summary>What may be shown of a connection string.</summary>
    public static string WithoutSecrets(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var key in builder.Keys.Cast<string>().ToList())
        {
            if (Array.Exists(Secrets, secret => key.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            {
                builder.Remove(key);
            }
        }

        return builder.ConnectionString;
    }

    static object? Value(DbProviderFactory? factory, string connectionString, string key) =>
        Parse(factory, connectionString).TryGetValue(key, out var value) ? value : null;

    // A provider's builder knows its words whether they were given or not; the plain one only those that were.
    static bool Knows(DbConnectionStringBuilder builder, string key) => builder.TryGetValue(key, out _);

    // what a provider without a builder of its own understands nobody knows
    static bool IsPlain(DbConnectionStringBuilder builder) => builder.GetType() == typeof(DbConnectionStringBuilder);

    static DbConnectionStringBuilder Parse(DbProviderFactory? factory, string connectionString)
    {
        var builder = factory?.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
        builder.ConnectionString = connectionString;
        return builder;
    }
}
