namespace ActorPool.Budgets.Etcd;

/// <summary>Whom requests are sent to, checked, and what may be said of it.</summary>
static class EtcdTarget
{
    static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">Lists all problems, each by the name of its option.</exception>
    public static void Check(EtcdGrantStoreOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException($"EtcdGrantStoreOptions cannot be used: {string.Join("; ", problems)}.", nameof(options));
        }
    }

    /// <summary>A member's address; null: it is none.</summary>
    public static Uri? Parse(string? endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri is { Host.Length: > 0, UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
            ? uri
            : null;

    /// <summary>Where the options lead, as far as they make sense.</summary>
    public static string Describe(EtcdGrantStoreOptions options) =>
        $"etcd at {string.Join(", ", options.Endpoints?.Select(Parse).OfType<Uri>().Select(static uri => uri.Authority) ?? [])}, keys under {options.KeyPrefix}";

    static IEnumerable<string> Problems(EtcdGrantStoreOptions options)
    {
        if (options.Endpoints is not { Count: > 0 })
        {
            yield return "Endpoints is empty, must name at least one member";
        }

        for (var i = 0; i < (options.Endpoints?.Count ?? 0); i++)
        {
            if (Parse(options.Endpoints![i]) is null)
            {
                yield return $"Endpoints[{i}] is not http://host:port or https://host:port (it is not repeated here, since it may hold a password; that belongs into Password)";
            }
        }

        if (options.KeyPrefix is not { Length: > 0 and <= 200 } || options.KeyPrefix.EndsWith('/')
            || !options.KeyPrefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-'))
        {
            yield return $"KeyPrefix is '{options.KeyPrefix}', must be 1 to 200 letters, digits, '/', '.', '_' and '-', without a '/' at its end";
        }

        if (string.IsNullOrEmpty(options.UserName) != string.IsNullOrEmpty(options.Password))
        {
            yield return "UserName and Password belong together, and one is missing";
        }

        if (options.ConnectTimeout < ShortestTimeout || options.ConnectTimeout > LongestTimeout)
        {
            yield return $"ConnectTimeout is {options.ConnectTimeout}, must be 10 ms to 1 minute";
        }

        foreach (var problem in options.Tls?.Problems(overUnixSocket: false) ?? ["Tls is null"])
        {
            yield return problem;
        }
    }
}
