using System.Net;
using Amazon.Runtime;

namespace S3Sample;

/// <summary>What users of boto3 set on <c>boto3.client('s3', config=Config(…))</c>, by the names that they know.</summary>
public sealed class S3Options
{
    /// <summary><c>endpoint_url</c>. Null for Amazon's own.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary><c>region_name</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary><c>max_pool_connections</c>, which here is a cap: one request more waits instead of opening another.</summary>
    public int MaxPoolConnections { get; set; } = 10;

    /// <summary><c>connect_timeout</c>: name, socket and TLS.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary><c>read_timeout</c>: how long an answer may keep silent.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary><c>retries={'mode': …}</c>: legacy, standard, or adaptive, which slows down when the server throttles.</summary>
    public RequestRetryMode RetryMode { get; set; } = RequestRetryMode.Standard;

    /// <summary><c>retries={'total_max_attempts': …}</c>: attempts in all, the first included. Null for the mode's own.</summary>
    public int? TotalMaxAttempts { get; set; }

    /// <summary><c>verify</c>: whether the server's certificate is looked at.</summary>
    public bool Verify { get; set; } = true;

    /// <summary><c>verify='/path/ca.pem'</c>: whom to trust in place of the system's CAs. Null for those.</summary>
    public string? CaFile { get; set; }

    /// <summary><c>aws_access_key_id</c>. Null, with the secret, for the SDK's chain: environment, profile, container, machine.</summary>
    public string? AccessKey { get; set; }

    /// <summary><c>aws_secret_access_key</c>.</summary>
    public string? SecretKey { get; set; }

    /// <summary><c>proxies</c>: <c>http://user:password@host:port</c>. Null for that of the environment.</summary>
    public Uri? Proxy { get; set; }

    /// <exception cref="ArgumentException">An option is out of range or lacks its companion; it is named.</exception>
    public void Validate()
    {
        Require(nameof(Endpoint), Endpoint is null or { Scheme: "http" or "https" }, "--endpoint must be an address of http or https");
        Require(nameof(MaxPoolConnections), MaxPoolConnections is >= 1 and <= 1_000_000, $"--max-pool-connections is {MaxPoolConnections}, must be 1 to 1000000");
        Require(nameof(ConnectTimeout), ConnectTimeout > TimeSpan.Zero, "--connect-timeout must be more than 0 s");
        Require(nameof(ReadTimeout), ReadTimeout > TimeSpan.Zero, "--read-timeout must be more than 0 s");
        Require(nameof(TotalMaxAttempts), TotalMaxAttempts is null or >= 1, $"--max-attempts is {TotalMaxAttempts}, must be at least 1");
        Require(nameof(CaFile), Verify || CaFile is null, "--no-verify and --ca-file exclude each other");
        Require(nameof(CaFile), CaFile is null || File.Exists(CaFile), $"--ca-file is {CaFile}; there is no such file");
        Require(nameof(SecretKey), AccessKey is null == SecretKey is null, "--access-key and --secret-key need each other");
        Require(nameof(Proxy), Proxy is null or { Scheme: "http" }, "--proxy must be an address of http");
    }

    static void Require(string option, bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{problem}.", option);
        }
    }

    internal WebProxy? WebProxy() => Proxy is null ? null : new WebProxy(Proxy);
}
