using ActorPool;
using ActorPool.Http;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Logging;

namespace S3Sample;

/// <summary>An S3 client whose requests ride on leased connections, made as boto3's users make theirs.</summary>
public sealed class PooledS3 : IAsyncDisposable
{
    /// <param name="options">Checked first.</param>
    /// <param name="loggers">Where the pools log; null for nowhere.</param>
    public PooledS3(S3Options options, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Pools = new HttpPools(PoolsOf(options), loggers is null ? null : new PoolRuntime { LoggerFactory = loggers });
        var config = ConfigOf(options, Pools);
        Client = options.AccessKey is null ? new AmazonS3Client(config) : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    /// <summary>The client, as from anywhere else.</summary>
    public AmazonS3Client Client { get; }

    /// <summary>The connections: their pictures and events.</summary>
    public HttpPools Pools { get; }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Pools.DisposeAsync();
    }

    static HttpPoolOptions PoolsOf(S3Options options)
    {
        var http = new HttpPoolOptions
        {
            Proxy = options.WebProxy(),

            // these are the SDK's: it signs for one address and follows S3's redirects itself
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        http.Pool.Name = "s3";
        http.Pool.MaxSize = options.MaxPoolConnections;
        http.Pool.ConnectTimeout = options.ConnectTimeout;
        http.Pool.AcquireTimeout = options.ConnectTimeout + options.ReadTimeout;
        http.Tls.CaFile = options.CaFile;
        http.Tls.DangerouslySkipVerification = !options.Verify;
        return http;
    }

    static AmazonS3Config ConfigOf(S3Options options, HttpPools pools)
    {
        var config = new AmazonS3Config
        {
            HttpClientFactory = new PooledHttpClientFactory(pools),
            Timeout = options.ReadTimeout,
            RetryMode = options.RetryMode,
            ForcePathStyle = options.Endpoint is not null,
        };
        if (options.TotalMaxAttempts is { } attempts)
        {
            config.MaxErrorRetry = attempts - 1;
        }

        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region;

            // what other servers than Amazon's do not know
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return config;
    }
}
