using System.Net;
using ActorPool.Http.Tests.Support;
using ActorPool.TestKit;

namespace ActorPool.Http.Tests;

/// <summary>One request and its answer over HTTP/1.1: who holds the connection, and when it comes back.</summary>
public sealed class PooledHttpHandlerTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Requests_one_after_the_other_ride_on_one_connection()
    {
        await using var server = RawServer.Answering(request => RawServer.Ok(request.Target));
        await using var client = new PooledClient(server.Address);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"/{i}", await client.GetTextAsync($"{i}"));
        }

        Assert.Equal(1, server.Accepted);
        Assert.Equal((1, 0), (client.Snapshot.Idle, client.Snapshot.Leased));
        Assert.Equal($"http@http://127.0.0.1:{server.Port}", client.Snapshot.Name);
        Assert.Equal($"127.0.0.1:{server.Port}", server.Requests[0]["Host"]);
    }

    [Fact]
    public async Task A_body_holds_its_connection_until_it_is_read_to_its_end()
    {
        await using var server = RawServer.Answering(RawServer.Ok("abc"));
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        Assert.Equal(1, client.Snapshot.Leased);

        var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[2];
        await body.ReadExactlyAsync(buffer);
        Assert.Equal(1, client.Snapshot.Leased);
        Assert.Equal(1, await body.ReadAsync(buffer));
        Assert.Equal(0, await body.ReadAsync(buffer));
        Assert.Equal((1, 0), (client.Snapshot.Idle, client.Snapshot.Leased));
        Assert.Equal(0, await body.ReadAsync(buffer));
    }

    [Fact]
    public async Task A_response_that_is_disposed_before_its_body_has_come_costs_the_connection_but_frees_the_slot()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(connection.Number == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc" : RawServer.Ok("whole"));
            await connection.ReadRequestAsync();
        });
        await using var client = new PooledClient(server.Address);
        (await client.GetAsync()).Dispose();

        Assert.Equal(0, client.Snapshot.Leased);
        await server.Connections.Single().Ended.WaitAsync(Patience);
        Assert.Equal("whole", await client.GetTextAsync());
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task A_response_that_is_disposed_when_all_of_its_body_has_come_does_not_cost_the_connection()
    {
        await using var server = RawServer.Answering(RawServer.Ok("abc"));
        await using var client = new PooledClient(server.Address);
        (await client.GetAsync()).Dispose();
        (await client.GetAsync()).Dispose();
        Assert.Equal(1, server.Accepted);
        Assert.Equal(1, client.Snapshot.Idle);
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")]
    public async Task An_answer_without_a_body_gives_the_connection_back_with_its_headers(string method, string answer)
    {
        await using var server = RawServer.Answering(answer);
        await using var client = new PooledClient(server.Address);
        using var first = await client.SendAsync(new HttpMethod(method));
        Assert.Equal((1, 0), (client.Snapshot.Idle, client.Snapshot.Leased));
        using var second = await client.SendAsync(new HttpMethod(method));
        Assert.Equal(1, server.Accepted);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Headers_of_the_body_are_those_of_the_server()
    {
        await using var server = RawServer.Answering(RawServer.Ok("{}", "Content-Type: application/json; charset=utf-8\r\nContent-Language: de, en\r\nX-Mine: 7\r\n"));
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, response.Content.Headers.ContentLength);
        Assert.Equal(["de", "en"], response.Content.Headers.ContentLanguage);
        Assert.Equal(["7"], response.Headers.GetValues("X-Mine"));
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_chunked_body_and_its_trailers_are_read()
    {
        await using var server = RawServer.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        Assert.Equal("abcde", await response.Content.ReadAsStringAsync());
        Assert.Equal(["5"], response.TrailingHeaders.GetValues("X-Sum"));
        Assert.Equal("abcde", await client.GetTextAsync());
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task A_chunked_body_holds_its_connection_although_a_length_of_zero_is_said_too()
    {
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            await rest.Task.WaitAsync(Patience);
            await connection.WriteAsync("2\r\nde\r\n0\r\n\r\n");
            await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok("next"));
        });
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        Assert.Equal((0, 1), (client.Snapshot.Idle, client.Snapshot.Leased));
        rest.SetResult();
        Assert.Equal("abcde", await response.Content.ReadAsStringAsync());
        Assert.Equal((1, 0), (client.Snapshot.Idle, client.Snapshot.Leased));
        Assert.Equal("next", await client.GetTextAsync());
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Connection_close_is_obeyed()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x", "Connection: close\r\n"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync());
        Assert.Equal("x", await client.GetTextAsync());
        Assert.Equal(2, server.Accepted);
        Assert.Equal(0, client.Snapshot.Idle);
    }

    [Fact]
    public async Task A_body_without_a_length_ends_with_its_connection()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n\r\nuntil the end");
        });
        await using var client = new PooledClient(server.Address);
        Assert.Equal("until the end", await client.GetTextAsync());
        Assert.Equal("until the end", await client.GetTextAsync());
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_an_error_and_costs_the_connection()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        });
        await using var client = new PooledClient(server.Address);
        using var response = await client.GetAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync().WaitAsync(Patience));
        Assert.Equal((0, 0), (client.Snapshot.Leased, client.Snapshot.Idle));
    }

    [Fact]
    public async Task Upgrades_are_the_callers_in_both_directions_until_he_disposes_them()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            var one = new byte[1];
            while (await connection.Stream.ReadAsync(one) == 1)
            {
                await connection.Stream.WriteAsync(one);
            }
        });
        await using var client = new PooledClient(server.Address);
        using (var response = await client.GetAsync())
        {
            Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
            var duplex = await response.Content.ReadAsStreamAsync();
            await duplex.WriteAsync(new byte[] { 9 });
            await duplex.FlushAsync();
            Assert.Equal(9, duplex.ReadByte());
            Assert.Equal(1, client.Snapshot.Leased);
        }

        Assert.Equal((0, 0), (client.Snapshot.Leased, client.Snapshot.Idle));
    }

    [Fact]
    public async Task Expect_continue_waits_for_the_server_before_the_body_is_sent()
    {
        var sawBodyEarly = true;
        await using var server = new RawServer(async connection =>
        {
            var head = await connection.ReadHeadAsync();
            Assert.Equal("100-continue", head!["Expect"]);
            sawBodyEarly = ((System.Net.Sockets.NetworkStream)connection.Stream).DataAvailable;
            await connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            var body = new byte[4];
            await connection.Stream.ReadExactlyAsync(body);
            await connection.WriteAsync(RawServer.Ok("got it"));
            await connection.ReadRequestAsync();
        });
        await using var client = new PooledClient(server.Address, options => options.Expect100ContinueTimeout = Timeout.InfiniteTimeSpan);
        using var request = new HttpRequestMessage(HttpMethod.Put, "x") { Content = new StringContent("body") };
        request.Headers.ExpectContinue = true;
        using var response = await client.Http.SendAsync(request).WaitAsync(Patience);
        Assert.Equal("got it", await response.Content.ReadAsStringAsync());
        Assert.False(sawBodyEarly);
    }

    [Fact]
    public async Task A_timeout_of_the_client_costs_the_connection()
    {
        var asked = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Target == "/quick")
                {
                    await connection.WriteAsync(RawServer.Ok("quick"));
                }
                else
                {
                    asked.TrySetResult();
                }
            }
        });
        await using var client = new PooledClient(server.Address);
        using var impatient = new HttpClient(new HeldCancellation(client.Handler, asked.Task))
        {
            BaseAddress = server.Address,
            Timeout = TimeSpan.FromMilliseconds(50),
        };
        var error = await Assert.ThrowsAsync<TaskCanceledException>(() => impatient.GetStringAsync(new Uri("slow", UriKind.Relative)).WaitAsync(Patience));
        Assert.IsType<TimeoutException>(error.InnerException);
        await server.Connections.Single().Ended.WaitAsync(Patience);

        // on its own connection: whatever the slow one would have said is not this one's answer
        using var patient = new HttpClient(client.Handler, disposeHandler: false) { BaseAddress = server.Address };
        Assert.Equal("quick", await patient.GetStringAsync(new Uri("quick", UriKind.Relative)).WaitAsync(Patience));
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task An_unread_body_that_starves_the_pool_is_named_in_the_error_of_the_next_request()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x"));
        var time = new VirtualTime();
        await using var client = new PooledClient(server.Address, runtime: new PoolRuntime { TimeProvider = time });
        using var unread = await client.GetAsync("orders/17?token=secret");
        var asking = client.GetAsync("next?password=hidden");
        Assert.True(SpinWait.SpinUntil(() => client.Snapshot.Waiting == 1, Patience));
        time.Advance(Patience);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => asking);

        var cause = Assert.IsType<AcquireTimeoutException>(error.InnerException);
        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
        var holder = Assert.Single(cause.Ledger.Holders);
        Assert.Equal($"GET http://127.0.0.1:{server.Port}/orders/17", holder.Holder);
        Assert.Contains($"by GET http://127.0.0.1:{server.Port}/orders/17", error.Message, StringComparison.Ordinal);
        Assert.Contains($"GET http://127.0.0.1:{server.Port}/next was not sent", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_was_lost_gives_its_connection_back_when_it_is_garbage_collected()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(connection.Number == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc" : RawServer.Ok("next"));
            await connection.ReadRequestAsync();
        });
        await using var client = new PooledClient(server.Address);
        await LoseAsync(client);
        var next = client.GetTextAsync();
        while (!next.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.Equal("next", await next);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static async Task LoseAsync(PooledClient client)
        {
            var response = await client.GetAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_blocking_send_works()
    {
        await using var server = RawServer.Answering(RawServer.Ok("blocking"));
        await using var client = new PooledClient(server.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        using var response = await Task.Run(() => client.Http.Send(request)).WaitAsync(Patience);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        Assert.Equal("blocking", reader.ReadToEnd());
        Assert.Equal(1, client.Snapshot.Idle);
    }

    [Fact]
    public async Task A_handler_that_was_disposed_is_refused_and_its_pools_live_on()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync());
        client.Http.Dispose();
        using var another = new HttpClient(new PooledHttpHandler(client.Pools)) { BaseAddress = server.Address };
        Assert.Equal("x", await another.GetStringAsync(new Uri("", UriKind.Relative)).WaitAsync(Patience));
        Assert.Equal(1, server.Accepted);

        using var invoker = new HttpMessageInvoker(client.Handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => invoker.SendAsync(request, CancellationToken.None));
    }

    [Fact]
    public async Task Closed_pools_refuse_requests()
    {
        await using var server = RawServer.Answering(RawServer.Ok("x"));
        await using var client = new PooledClient(server.Address);
        Assert.Equal("x", await client.GetTextAsync());
        await client.Pools.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync());
    }

    [Theory, InlineData("ftp://localhost/x"), InlineData("file:///x")]
    public async Task Other_schemes_are_refused(string address)
    {
        await using var client = new PooledClient();
        using var invoker = new HttpMessageInvoker(client.Handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => invoker.SendAsync(request, CancellationToken.None));
        Assert.Contains("possible are http, https", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_decoded_and_the_connection_is_used_again()
    {
        await using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync("unpacked"u8.ToArray());
        }

        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                Assert.Equal("gzip", request["Accept-Encoding"]);
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n{packed.Length:x}\r\n");
                await connection.Stream.WriteAsync(packed.ToArray());
                await connection.WriteAsync("\r\n0\r\n\r\n");
            }
        });
        await using var client = new PooledClient(server.Address, options => options.AutomaticDecompression = DecompressionMethods.GZip);
        Assert.Equal("unpacked", await client.GetTextAsync());
        using var response = await client.GetAsync();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("unpacked", await reader.ReadToEndAsync().WaitAsync(Patience));
        Assert.Equal(0, client.Snapshot.Leased);
    }
}
