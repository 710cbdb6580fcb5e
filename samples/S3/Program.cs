using System.CommandLine;
using Amazon.Runtime;
using Amazon.S3;
using S3Sample;

var endpoint = new Option<Uri?>("--endpoint") { Description = "An S3-compatible server. Without one, an s3rver of its own is started." };
var bucket = new Option<string>("--bucket") { Description = "The bucket.", DefaultValueFactory = static _ => "tour-bucket" };
var connections = new Option<int>("--max-pool-connections") { Description = "The most connections.", DefaultValueFactory = static _ => 10 };
var connectTimeout = new Option<double>("--connect-timeout") { Description = "In seconds.", DefaultValueFactory = static _ => 60 };
var readTimeout = new Option<double>("--read-timeout") { Description = "In seconds.", DefaultValueFactory = static _ => 60 };
var mode = new Option<RequestRetryMode>("--retry-mode") { Description = "Legacy, Standard or Adaptive.", DefaultValueFactory = static _ => RequestRetryMode.Standard };
var attempts = new Option<int?>("--max-attempts") { Description = "Attempts in all, the first included." };
var noVerify = new Option<bool>("--no-verify") { Description = "Takes any certificate." };
var caFile = new Option<string?>("--ca-file") { Description = "The CAs to trust (PEM)." };
var accessKey = new Option<string?>("--access-key") { Description = "Without it, the SDK looks where it always does." };
var secretKey = new Option<string?>("--secret-key") { Description = "Belongs to --access-key." };
var proxy = new Option<Uri?>("--proxy") { Description = "http://user:password@host:port; without it, that of the environment." };

var root = new RootCommand("AWSSDK.S3 over leased connections, with what users of boto3 set.")
{
    endpoint, bucket, connections, connectTimeout, readTimeout, mode, attempts, noVerify, caFile, accessKey, secretKey, proxy,
};
root.SetAction(async (parsed, cancellationToken) =>
{
    var options = new S3Options
    {
        Endpoint = parsed.GetValue(endpoint),
        MaxPoolConnections = parsed.GetValue(connections),
        ConnectTimeout = TimeSpan.FromSeconds(parsed.GetValue(connectTimeout)),
        ReadTimeout = TimeSpan.FromSeconds(parsed.GetValue(readTimeout)),
        RetryMode = parsed.GetValue(mode),
        TotalMaxAttempts = parsed.GetValue(attempts),
        Verify = !parsed.GetValue(noVerify),
        CaFile = parsed.GetValue(caFile),
        AccessKey = parsed.GetValue(accessKey),
        SecretKey = parsed.GetValue(secretKey),
        Proxy = parsed.GetValue(proxy),
    };
    try
    {
        options.Validate();
        await using var server = options.Endpoint is null ? await LocalServer.StartAsync(parsed.GetValue(bucket)!, cancellationToken) : null;
        server?.Fill(options);
        await using var s3 = new PooledS3(options);
        await Tour.RunAsync(s3, parsed.GetValue(bucket)!, Console.Out, cancellationToken);
        return 0;
    }
    catch (Exception error) when (error is ArgumentException or FileNotFoundException or AmazonServiceException or HttpRequestException)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();
