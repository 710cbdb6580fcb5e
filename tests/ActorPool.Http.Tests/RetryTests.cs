using System.Net;
using ActorPool.Http.Tests.Support;

namespace ActorPool.Http.Tests;

/// <summary>Attempts after failures, for those who ask for them.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task Nothing_is_tried_again_by_default()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory, InlineData(503), InlineData(429), InlineData(500), InlineData(502), InlineData(504), InlineData(408)]
    public async Task An_overloaded_server_is_asked_again_until_it_answers(int status)
    {
        var asked = 0;
        await using var server = RawServer.Answering(_ =>
            Interlocked.Increment(ref asked) < 3 ? $"HTTP/1.1 {status} Busy\r\nContent-Length: 4\r\n\r\nbusy" : RawServer.Ok("x"));
        await using var client = NewClient(server, 3);
        Assert.Equal("x", await client.GetTextAsync());
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task The_last_answer_counts_when_no_attempt_is_left()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
        await using var client = NewClient(server, 3);
        using var response = await client.GetAsync();
        Assert.Equal("busy", await response.Content.ReadAsStringAsync());
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory, InlineData(404), InlineData(400), InlineData(501)]
    public async Task What_asking_again_does_not_change_is_not_asked_again(int status)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n");
        await using var client = NewClient(server, 3);
        using var response = await client.GetAsync();
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_post_is_not_sent_again_and_a_put_is()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        await using var client = NewClient(server, 2);
        (await client.SendAsync(HttpMethod.Post, "", new StringContent("pay"))).Dispose();
        Assert.Single(server.Requests);
        (await client.SendAsync(HttpMethod.Put, "", new StringContent("set"))).Dispose();
        Assert.Equal(["pay", "set", "set"], server.Requests.Select(request => request.Body));
        (await client.SendAsync(HttpMethod.Put, "", new StreamContent(new MemoryStream("once"u8.ToArray())))).Dispose();
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Retry_after_is_waited_for_in_place_of_the_backoff()
    {
        var world = new HeldWait(TimeSpan.FromSeconds(7));
        await using var server = RawServer.Answering(_ => "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        await using var client = NewClient(server, 2, runtime: world.Runtime);
        var asking = client.GetAsync();
        await world.Begun.WaitAsync(PooledClient.Patience);
        Assert.Single(server.Requests);
        world.End();
        (await asking).Dispose();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Retry_after_may_be_a_date()
    {
        var world = new HeldWait(TimeSpan.FromSeconds(30));
        var date = world.GetUtcNow().AddSeconds(30).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await using var server = RawServer.Answering($"HTTP/1.1 503 Slow\r\nRetry-After: {date}\r\nContent-Length: 0\r\n\r\n");
        await using var client = NewClient(server, 2, runtime: world.Runtime);
        var asking = client.GetAsync();
        await world.Begun.WaitAsync(PooledClient.Patience);
        world.End();
        (await asking).Dispose();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_retry_after_beyond_the_limit_is_the_callers_to_wait_for()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Slow\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n");
        await using var client = NewClient(server, 3);
        using var response = await client.GetAsync();
        Assert.Equal(TimeSpan.FromHours(1), response.Headers.RetryAfter!.Delta);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Retry_after_can_be_ignored()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Slow\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n");
        await using var client = NewClient(server, 3, options => options.Retry.HonorRetryAfter = false);
        (await client.GetAsync()).Dispose();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_request_that_got_no_answer_is_sent_again_if_it_may_be()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            if (connection.Number > 2)
            {
                await connection.WriteAsync(RawServer.Ok("at last"));
            }
        });
        // A connection that ends before it has served is no good open: the third attempt waits for the backoff, if it must.
        await using var client = NewClient(server, 3, options => options.Pool.UnavailableAfter = PooledClient.Patience);
        Assert.Equal("at last", await client.GetTextAsync());
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_ends_when_the_caller_cancels()
    {
        await using var server = RawServer.Answering("HTTP/1.1 503 Slow\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n");
        var world = new HeldWait(TimeSpan.FromSeconds(50));
        await using var client = NewClient(server, 3, runtime: world.Runtime);
        using var source = new CancellationTokenSource();
        var asking = client.Http.GetAsync(server.Address, source.Token);
        await world.Begun.WaitAsync(PooledClient.Patience);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(0, client.Snapshot.Leased);
    }

    static PooledClient NewClient(RawServer server, int attempts, Action<HttpPoolOptions>? configure = null, PoolRuntime? runtime = null) =>
        new(
            server.Address,
            options =>
            {
                options.Retry.MaxAttempts = attempts;
                options.Retry.Delay = TimeSpan.Zero;
                configure?.Invoke(options);
            },
            runtime);
}
