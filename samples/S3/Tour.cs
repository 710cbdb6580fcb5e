using Amazon.S3;
using Amazon.S3.Model;

namespace S3Sample;

/// <summary>Put, get, multipart and list, and what the connections did meanwhile. Without chunk encoding, which s3rver does not know.</summary>
public static class Tour
{
    const int PartBytes = 5 * 1024 * 1024;

    public static async Task RunAsync(PooledS3 s3, string bucket, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(s3);
        ArgumentNullException.ThrowIfNull(output);
        var client = s3.Client;
        await PutAndGetAsync(client, bucket, output, cancellationToken);
        await MultipartAsync(client, bucket, output, cancellationToken);
        var listed = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = "tour/" }, cancellationToken);
        output.WriteLine($"listed {listed.S3Objects.Count} objects, {listed.S3Objects.Sum(item => item.Size ?? 0)} bytes");
        await LeaveUnreadAsync(client, bucket, cancellationToken);
        foreach (var pool in s3.Pools.Snapshot())
        {
            output.WriteLine($"{pool}; {pool.Opened} opened for {pool.Acquired} requests");
            foreach (var connection in pool.Connections)
            {
                output.WriteLine($"  {connection}");
            }
        }
    }

    static async Task PutAndGetAsync(AmazonS3Client client, string bucket, TextWriter output, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = $"tour/{i:00}", ContentBody = $"object {i}", UseChunkEncoding = false }, cancellationToken)));
        using var got = await client.GetObjectAsync(bucket, "tour/07", cancellationToken);
        using var reader = new StreamReader(got.ResponseStream);
        output.WriteLine($"put 20, got '{await reader.ReadToEndAsync(cancellationToken)}'");
    }

    static async Task MultipartAsync(AmazonS3Client client, string bucket, TextWriter output, CancellationToken cancellationToken)
    {
        const string key = "tour/large";
        var upload = await client.InitiateMultipartUploadAsync(bucket, key, cancellationToken);
        var parts = await Task.WhenAll(Enumerable.Range(1, 3).Select(async number =>
        {
            using var part = new MemoryStream(new byte[number < 3 ? PartBytes : 1000]);
            return await client.UploadPartAsync(
                new UploadPartRequest { BucketName = bucket, Key = key, UploadId = upload.UploadId, PartNumber = number, InputStream = part, UseChunkEncoding = false },
                cancellationToken);
        }));
        var complete = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload.UploadId };
        complete.AddPartETags(parts);
        await client.CompleteMultipartUploadAsync(complete, cancellationToken);
        var large = await client.GetObjectMetadataAsync(bucket, key, cancellationToken);
        output.WriteLine($"multipart of 3: {large.ContentLength} bytes");
    }

    /// <summary>A large object whose body nobody reads: disposing it costs its connection, and frees the slot.</summary>
    static async Task LeaveUnreadAsync(AmazonS3Client client, string bucket, CancellationToken cancellationToken)
    {
        using var unread = await client.GetObjectAsync(bucket, "tour/large", cancellationToken);
    }
}
