using System.Net;
using ActorPool.Http.Tests.Support;
using ActorPool.TestKit;

namespace ActorPool.Http.Tests;

/// <summary>Connections that the server closes between or during requests.</summary>
public sealed class StaleConnectionTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_close_of_an_idle_connection_is_noticed_when_it_happens()
    {
        var close = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok("x"));
            await close.Task;
        });
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync());
        var closing = client.NextAsync<ConnectionClosed>();
        close.SetResult();
        var closed = await closing;
        Assert.Equal(CloseReason.Condemned, closed.Reason);
        Assert.Contains("the other end closed the connection while nobody used it", closed.LastError!.Message, StringComparison.Ordinal);
        Assert.Equal(0, client.Snapshot.Idle);
    }

    [Theory, InlineData("GET"), InlineData("POST")]
    public async Task A_connection_that_was_closed_between_two_requests_is_replaced_without_a_word(string method)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok($"{connection.Number}"));
        });
        await using var client = new PooledClient(server.Address);
        for (var i = 1; i <= 20; i++)
        {
            // the socket knows of the close; whether the pool does is chance
            using var response = await client.SendAsync(new HttpMethod(method), "", method == "POST" ? new StringContent("body") : null);
            Assert.Equal($"{i}", await response.Content.ReadAsStringAsync());
            await server.Connections.Last().Closed.WaitAsync(Patience);
        }

        Assert.Equal(20, server.Requests.Count);
    }

    [Fact]
    public async Task A_get_that_was_not_answered_is_sent_again_on_another_connection()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok("x"));
            if (connection.Number > 1)
            {
                await connection.ReadRequestAsync();
                return;
            }

            // taken and dropped: the client cannot tell whether it was carried out
            await connection.ReadRequestAsync();
        });
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync("1"));
        Assert.Equal("x", await client.GetTextAsync("2"));
        Assert.Equal(["/1", "/2", "/2"], server.Requests.Select(request => request.Target));
        Assert.Equal(2, server.Accepted);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_post_that_was_not_answered_is_not_sent_again(bool hasBody)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok("x"));
            await connection.ReadRequestAsync();
        });
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync("1"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.SendAsync(HttpMethod.Post, "2?token=secret", hasBody ? new StringContent("pay") : null));
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["/1", "/2?token=secret"], server.Requests.Select(request => request.Target));
        Assert.Equal(0, client.Snapshot.Leased);
    }

    [Fact]
    public async Task A_server_that_closes_every_connection_without_an_answer_is_an_error_in_the_end()
    {
        await using var server = new RawServer(static connection => connection.ReadRequestAsync());
        await using var client = new PooledClient(server.Address);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync());
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.InRange(server.Accepted, 1, 4);
    }

    [Theory, InlineData("GET"), InlineData("POST")]
    public async Task However_many_idle_connections_are_gone_a_request_that_was_not_written_does_not_fail(string method)
    {
        const int connections = 8;
        var asked = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var close = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            if (connection.Number > connections)
            {
                await connection.WriteAsync(RawServer.Ok("new"));
                return;
            }

            if (Interlocked.Increment(ref asked) == connections)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(Patience);
            await connection.WriteAsync(RawServer.Ok("old"));
            await close.Task.WaitAsync(Patience);
        });
        await using var client = new PooledClient(
            server.Address,
            options =>
            {
                options.Pool.MaxSize = connections;
                options.Pool.SiblingProbation = false;
            },
            // the clock stands still: neither the idle watch nor the look at hand-out finds out before the request does
            new PoolRuntime { TimeProvider = new VirtualTime() });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => client.GetTextAsync())), text => Assert.Equal("old", text));
        close.SetResult();
        await Task.WhenAll(server.Connections.Select(connection => connection.Closed)).WaitAsync(Patience);

        using var response = await client.SendAsync(new HttpMethod(method));
        Assert.Equal("new", await response.Content.ReadAsStringAsync());
        Assert.Equal(connections + 1, server.Accepted);
    }

    [Theory]
    [InlineData("timeout=30", 28.9, 1)]
    [InlineData("timeout=30", 29, 2)]
    [InlineData("max=100, Timeout=30", 29, 2)]
    [InlineData("timeout=60\r\nKeep-Alive: timeout=30", 29, 2)]
    [InlineData("timeout=soon", 60, 1)]
    [InlineData("max=100", 60, 1)]
    public async Task A_connection_is_not_used_for_longer_than_the_server_keeps_it(string keepAlive, double idleSeconds, int accepted)
    {
        await using var server = RawServer.Answering(request => request.Target == "/says"
            ? RawServer.Ok("x", $"Keep-Alive: {keepAlive}\r\n")
            : RawServer.Ok("x"));
        var time = new VirtualTime();
        await using var client = new PooledClient(server.Address, runtime: new PoolRuntime { TimeProvider = time });
        await client.GetTextAsync("says");
        await client.GetTextAsync();
        time.Advance(TimeSpan.FromSeconds(idleSeconds));
        await client.GetTextAsync();
        Assert.Equal(accepted, server.Accepted);
    }

    [Fact]
    public async Task A_connection_that_was_reset_while_idle_is_replaced()
    {
        var reset = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok("x"));
            if (connection.Number == 1)
            {
                await reset.Task;
                connection.Reset();
                return;
            }

            await connection.ReadRequestAsync();
        });
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync());
        var closing = client.NextAsync<ConnectionClosed>();
        reset.SetResult();
        Assert.Equal(CloseReason.Condemned, (await closing).Reason);
        Assert.Equal("x", await client.GetTextAsync());
    }

    [Fact]
    public async Task Bytes_that_nobody_asked_for_are_nobodys_answer()
    {
        var talk = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync(RawServer.Ok(connection.Number == 1 ? "first" : "mine"));
                if (connection.Number == 1)
                {
                    await talk.Task;
                    await connection.WriteAsync(RawServer.Ok("strangers"));
                }
            }
        });
        await using var client = new PooledClient(server.Address);
        Assert.Equal("first", await client.GetTextAsync());
        var closing = client.NextAsync<ConnectionClosed>();
        talk.SetResult();
        await closing;
        Assert.Equal("mine", await client.GetTextAsync());
    }

    [Fact]
    public async Task A_late_answer_to_a_request_that_timed_out_is_nobody_elses()
    {
        var slow = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Target == "/slow")
                {
                    await slow.Task;
                }

                await connection.WriteAsync(RawServer.Ok(request.Target));
            }
        });
        await using var client = new PooledClient(server.Address);
        using (var source = new CancellationTokenSource())
        {
            var asking = client.Http.GetAsync(new Uri("slow", UriKind.Relative), source.Token);
            while (server.Requests.Count == 0)
            {
                await Task.Yield();
            }

            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        slow.SetResult();
        Assert.Equal("/quick", await client.GetTextAsync("quick"));
        Assert.Equal(2, server.Accepted);
    }
}
