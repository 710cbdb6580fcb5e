using System.Globalization;
using ActorPool.Errors;

namespace ActorPool.Options;

/// <summary>A directory's checked options, and the options of each of its pools made from them.</summary>
sealed class PoolDirectorySettings
{
    readonly PoolOptions _pool;
    readonly Action<Endpoint, PoolOptions>? _configure;
    readonly ICredentialProvider? _defaultCredentials;
    readonly Dictionary<string, ICredentialProvider> _credentialsByHost = new(StringComparer.Ordinal);

    PoolDirectorySettings(PoolDirectoryOptions options)
    {
        var problems = new List<string>();
        CheckOwn(options, problems);
        CheckTemplate(options.Pool, problems);
        foreach (var (host, provider) in options.CredentialsByHost)
        {
            AddHost(host, provider, problems);
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(
                $"The options of directory '{options.Name}' cannot be used: {string.Join("; ", problems)}.", nameof(options));
        }

        Name = options.Name;
        MaxPools = options.MaxPools;
        _pool = options.Pool.Copy();
        _configure = options.Configure;
        _defaultCredentials = options.DefaultCredentials ?? options.Pool.Credentials;
    }

    PoolDirectorySettings(PoolDirectorySettings settings, PoolOptions pool)
    {
        Name = settings.Name;
        MaxPools = settings.MaxPools;
        _pool = pool.Copy();
        _pool.Name = settings._pool.Name;
        _configure = settings._configure;
        _defaultCredentials = settings._defaultCredentials;
        _credentialsByHost = settings._credentialsByHost;
    }

    public string Name { get; }

    public int MaxPools { get; }

    /// <exception cref="ArgumentException">They are out of range or contradict each other: all problems are listed.</exception>
    public static PoolDirectorySettings From(PoolDirectoryOptions options) => new(options);

    /// <summary>The same with another template; names and credentials stay.</summary>
    /// <exception cref="ArgumentException">The template is out of range or contradicts itself: all problems are listed; or it has another budget.</exception>
    public PoolDirectorySettings With(PoolOptions pool)
    {
        var problems = new List<string>();
        CheckTemplate(pool, problems);
        if (problems.Count > 0)
        {
            throw new ArgumentException(
                $"The options of directory '{Name}' cannot be used: {string.Join("; ", problems)}.", nameof(pool));
        }

        return ReferenceEquals(pool.Budget, _pool.Budget)
            ? new PoolDirectorySettings(this, pool)
            : throw PoolErrors.Fixed(Name, nameof(pool.Budget));
    }

    /// <summary>Adds the problems of what is the directory's own.</summary>
    public static void CheckOwn(PoolDirectoryOptions options, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            problems.Add($"{nameof(options.Name)} is empty");
        }

        if (options.MaxPools is < 1 or > 1_000_000)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{nameof(options.MaxPools)} is {options.MaxPools}, must be 1 to 1000000"));
        }
    }

    /// <summary>Adds the problems of options that pools are made from.</summary>
    public static void CheckTemplate(PoolOptions? pool, List<string> problems)
    {
        if (pool is null)
        {
            problems.Add("Pool is null");
            return;
        }

        problems.AddRange(PoolOptionsValidator.FindProblems(pool).Select(static problem => $"Pool.{problem}"));
        if (pool.Endpoint is not null)
        {
            problems.Add("Pool.Endpoint is set, but every pool gets an endpoint of its own");
        }
    }

    /// <summary>The options of an endpoint's pool. Runs users' code.</summary>
    /// <exception cref="PoolException">Credentials are configured, but none for this host.</exception>
    public PoolOptions OptionsFor(Endpoint endpoint)
    {
        var options = _pool.Copy();
        options.Name = $"{_pool.Name}@{endpoint}";
        options.Credentials = _credentialsByHost.GetValueOrDefault(endpoint.Host) ?? _defaultCredentials;
        _configure?.Invoke(endpoint, options);
        options.Endpoint = endpoint;
        return options.Credentials is not null || _credentialsByHost.Count == 0
            ? options
            : throw RoutingErrors.NoCredentials(endpoint.Host, Name, _credentialsByHost.Count);
    }

    void AddHost(string host, ICredentialProvider? provider, List<string> problems)
    {
        string name;
        try
        {
            name = new Endpoint(host).Host;
        }
        catch (ArgumentException error)
        {
            problems.Add($"{nameof(PoolDirectoryOptions.CredentialsByHost)} has '{host}': {error.Message}");
            return;
        }

        if (provider is null)
        {
            problems.Add($"{nameof(PoolDirectoryOptions.CredentialsByHost)} has null for '{host}'");
        }
        else if (!_credentialsByHost.TryAdd(name, provider))
        {
            problems.Add($"{nameof(PoolDirectoryOptions.CredentialsByHost)} has '{name}' twice");
        }
    }
}
