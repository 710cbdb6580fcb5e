using System.Net;
using ActorPool.Http.Tests.Support;
using ActorPool.Servers;
using Amazon.Runtime;
using Amazon.S3;
using S3Sample;

namespace ActorPool.Http.Tests;

/// <summary>samples/S3: the AWS SDK over leased connections, on a real server and on ones that misbehave.</summary>
public sealed class S3SampleTests
{
    const string Bucket = "test-bucket";

    [SkippableTheory, InlineData(false), InlineData(true)]
    public async Task The_tour_puts_gets_uploads_in_parts_and_lists(bool overTls)
    {
        await using var server = await S3Server.StartAsync(Bucket, overTls);
        await using var s3 = new PooledS3(Options(server, options => options.MaxPoolConnections = 4));
        await using var output = new StringWriter();
        await Tour.RunAsync(s3, Bucket, output, CancellationToken.None);
        Assert.Contains("put 20, got 'object 7'", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("multipart of 3: 10486760 bytes", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("listed 21 objects", output.ToString(), StringComparison.Ordinal);
        var pool = Assert.Single(s3.Pools.Snapshot());
        Assert.InRange(pool.Size, 1, 4);
        Assert.Equal(0, pool.Leased);
    }

    [SkippableFact]
    public async Task Verification_is_on_and_can_be_switched_off()
    {
        await using var server = await S3Server.StartAsync(Bucket, overTls: true);
        await using (var trusting = new PooledS3(Options(server, options => options.CaFile = server.Certificates.Ca)))
        {
            await trusting.Client.PutObjectAsync(new() { BucketName = Bucket, Key = "x", ContentBody = "x" });
        }

        await using (var careless = new PooledS3(Options(server, options => (options.Verify, options.CaFile) = (false, null))))
        {
            await careless.Client.GetObjectMetadataAsync(Bucket, "x");
        }

        await using var careful = new PooledS3(Options(server, options => options.CaFile = null));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => careful.Client.GetObjectMetadataAsync(Bucket, "x"));
        Assert.Contains("which does not lead to a trusted CA", error.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Errors_of_the_server_are_the_sdks()
    {
        await using var server = await S3Server.StartAsync(Bucket);
        await using var s3 = new PooledS3(Options(server));
        var missing = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.Client.GetObjectAsync(Bucket, "no-such-key"));
        Assert.Equal("NoSuchKey", missing.ErrorCode);
        await using var stranger = new PooledS3(Options(server, options => options.AccessKey = "nobody"));
        var unknown = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => stranger.Client.ListObjectsV2Async(new() { BucketName = Bucket }));
        Assert.Equal("InvalidAccessKeyId", unknown.ErrorCode);
    }

    [Theory]
    [InlineData(RequestRetryMode.Standard, null, 3)]
    [InlineData(RequestRetryMode.Adaptive, null, 3)]
    [InlineData(RequestRetryMode.Standard, 1, 1)]
    [InlineData(RequestRetryMode.Standard, 2, 2)]
    public async Task A_server_that_is_busy_is_asked_as_often_as_the_mode_says(RequestRetryMode mode, int? attempts, int requests)
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n");
        await using var s3 = new PooledS3(new S3Options
        {
            Endpoint = server.Address,
            AccessKey = "a",
            SecretKey = "b",
            RetryMode = mode,
            TotalMaxAttempts = attempts,
        });
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => s3.Client.GetObjectMetadataAsync(Bucket, "x"));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_keeps_silent_is_given_up_after_the_read_timeout()
    {
        await using var server = new RawServer(static async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.ReadRequestAsync();
        });
        await using var s3 = new PooledS3(new S3Options
        {
            Endpoint = server.Address,
            AccessKey = "a",
            SecretKey = "b",
            ReadTimeout = TimeSpan.FromSeconds(2), // of which the request has to have reached the server
            TotalMaxAttempts = 1,
        });
        await Assert.ThrowsAnyAsync<Exception>(() => s3.Client.GetObjectMetadataAsync(Bucket, "x").WaitAsync(PooledClient.Patience));
        await server.Connections.Single().Ended.WaitAsync(PooledClient.Patience);
        Assert.Equal(0, Assert.Single(s3.Pools.Snapshot()).Leased);
    }

    [Fact]
    public async Task Requests_go_through_the_proxy()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var s3 = new PooledS3(new S3Options
        {
            Endpoint = new Uri("http://s3.test:9000"),
            AccessKey = "a",
            SecretKey = "b",
            Proxy = new Uri($"http://u:p@127.0.0.1:{proxy.Port}"),
        });
        var answer = await s3.Client.GetObjectMetadataAsync(Bucket, "x");
        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
        Assert.Equal("http://s3.test:9000/test-bucket/x", Assert.Single(proxy.Requests).Target);
        Assert.Equal("Basic dTpw", proxy.Requests[0]["Proxy-Authorization"]);
    }

    [Theory]
    [InlineData("--max-pool-connections")]
    [InlineData("--max-attempts")]
    [InlineData("--ca-file")]
    [InlineData("--endpoint")]
    [InlineData("--secret-key")]
    [InlineData("--connect-timeout")]
    public void Bad_options_are_refused_by_name(string name)
    {
        var options = new S3Options();
        _ = name switch
        {
            "--max-pool-connections" => options.MaxPoolConnections = 0,
            "--max-attempts" => options.TotalMaxAttempts = 0,
            "--ca-file" => (object)(options.CaFile = "no-such-file.pem"),
            "--endpoint" => options.Endpoint = new Uri("ftp://localhost"),
            "--secret-key" => options.AccessKey = "a",
            _ => options.ConnectTimeout = TimeSpan.Zero,
        };
        Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    static S3Options Options(S3Server server, Action<S3Options>? configure = null)
    {
        var options = new S3Options
        {
            Endpoint = server.Address,
            AccessKey = "S3RVER",
            SecretKey = "S3RVER",
            CaFile = server.Address.Scheme == Uri.UriSchemeHttps ? server.Certificates.Ca : null,
        };
        configure?.Invoke(options);
        return options;
    }
}
