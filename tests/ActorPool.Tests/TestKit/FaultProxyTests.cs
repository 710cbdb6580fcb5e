using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorPool.Servers;
using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests.TestKit;

/// <summary>What the proxy does to a client and a server that talk through it.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly EchoServer _server = EchoServer.Start();
    readonly FaultProxy _proxy;

    public FaultProxyTests() => _proxy = FaultProxy.Start("127.0.0.1", _server.Port);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync().AsTask().WaitAsync(Patience);
        await _server.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Without_a_fault_everything_passes_as_it_comes()
    {
        using var client = await ConnectAsync();
        var text = new string('x', 300_000);

        Assert.Equal(text, await AskAsync(client, text));
        Assert.Equal((1, 1), (_proxy.Accepted, _proxy.Live));

        client.Dispose();
        await UntilAsync(proxy => proxy.Live == 0);
    }

    [Fact]
    public async Task A_delay_is_there_and_back_and_costs_no_throughput()
    {
        using var client = await ConnectAsync();
        _proxy.Fault = Fault.Delay(TimeSpan.FromMilliseconds(60));

        var clock = Stopwatch.StartNew();
        Assert.Equal("one", await AskAsync(client, "one"));
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(120), $"{clock.Elapsed} for a delay of 60 ms each way");

        // two hundred pieces that are under way together: twelve seconds, if each waited for the one before
        clock.Restart();
        for (var i = 0; i < 200; i++)
        {
            await SendAsync(client, "more");
            await Task.Yield();
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal("more", await ReadAsync(client));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromMilliseconds(200 * 60), $"{clock.Elapsed} for two hundred pieces: each has waited for the one before");
    }

    [Fact]
    public async Task Jitter_keeps_the_order()
    {
        using var client = await ConnectAsync();
        _proxy.Fault = Fault.Jitter(TimeSpan.FromMilliseconds(5));

        for (var i = 0; i < 20; i++)
        {
            await SendAsync(client, $"{i}");
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"{i}", await ReadAsync(client));
        }
    }

    [Fact]
    public async Task A_throttle_passes_so_many_bytes_a_second()
    {
        using var client = await ConnectAsync();
        _proxy.Fault = Fault.Throttle(20_000);

        var clock = Stopwatch.StartNew();
        await AskAsync(client, new string('x', 4_000));

        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(200), $"{clock.Elapsed} for 4,000 bytes at 20,000 a second");
    }

    [Fact]
    public async Task A_cut_comes_after_so_many_bytes_of_the_server()
    {
        using var client = await ConnectAsync();
        _proxy.Fault = Fault.CutAfter(7);

        Assert.Equal("abc", await AskAsync(client, "abc"));
        await SendAsync(client, "defgh");

        Assert.Equal("def", await ReadToEndAsync(client));
        await UntilAsync(proxy => proxy.Live == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_or_an_end_befalls_what_passes_and_what_is_new(bool orderly)
    {
        using var old = await ConnectAsync();
        _proxy.Fault = orderly ? Fault.Finish : Fault.Reset;

        await SendAsync(old, "lost");
        Assert.Equal(orderly, await EndsInOrderAsync(old));
        Assert.Equal(orderly, await NewOneEndsInOrderAsync());

        _proxy.Fault = Fault.None;
        using var next = await ConnectAsync();
        Assert.Equal("well", await AskAsync(next, "well"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connections_can_be_killed_in_order_or_not_although_nothing_passes(bool orderly)
    {
        using var first = await ConnectAsync();
        using var second = await ConnectAsync();
        await AskAsync(first, "one");
        await AskAsync(second, "two");

        Assert.Equal(2, _proxy.KillAll(orderly));

        Assert.Equal(orderly, await EndsInOrderAsync(first));
        Assert.Equal(orderly, await EndsInOrderAsync(second));
        Assert.Equal(0, _proxy.Live);
    }

    [Fact]
    public async Task What_hangs_passes_when_the_fault_has_ended()
    {
        using var client = await ConnectAsync();
        _proxy.Fault = Fault.Hang;
        using var young = await ConnectAsync();

        await SendAsync(client, "old");
        await SendAsync(young, "young");
        var answers = Task.WhenAll(ReadAsync(client), ReadAsync(young));
        await Task.WhenAny(answers, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        Assert.False(answers.IsCompleted);

        _proxy.Fault = Fault.None;
        Assert.Equal(["old", "young"], await answers.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_peer_that_vanished_takes_everything_and_is_never_heard_of_again()
    {
        using var server = new LoopbackServer();
        await using var proxy = FaultProxy.Start("127.0.0.1", server.Port);
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Host, proxy.Port).WaitAsync(Patience);
        await using var serverEnd = await server.AcceptAsync();
        proxy.Fault = Fault.HalfOpen;

        await SendAsync(client, "lost");
        Assert.Equal(0, await serverEnd.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        proxy.Fault = Fault.None;
        await SendAsync(client, "lost too");
        var answer = ReadAsync(client);
        await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));

        Assert.False(answer.IsCompleted);
        Assert.Equal(1, proxy.Live);
        client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => answer.WaitAsync(Patience));
        await proxy.WaitUntilAsync(one => one.Live == 0).WaitAsync(Patience);
    }

    [Fact]
    public async Task Garbage_is_as_long_as_the_answer_and_not_the_answer()
    {
        using var client = await ConnectAsync();
        _proxy.Fault = Fault.Garbage;

        await SendAsync(client, "abcdefgh");
        var answer = new byte[9];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);

        Assert.NotEqual("abcdefgh\n", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task Refused_are_new_connections_until_the_fault_has_ended()
    {
        using var old = await ConnectAsync();
        _proxy.Fault = Fault.Refuse;

        var error = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
        Assert.Equal("still", await AskAsync(old, "still"));

        _proxy.Fault = Fault.None;
        using var next = await ConnectAsync();
        Assert.Equal("well", await AskAsync(next, "well"));
    }

    [SkippableFact]
    public async Task Nobody_gets_the_port_while_connections_are_refused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Elsewhere it is given back.");
        using var old = await ConnectAsync();
        for (var round = 0; round < 10; round++)
        {
            _proxy.Fault = Fault.Refuse;
            using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Assert.Throws<SocketException>(() => other.Bind(new IPEndPoint(IPAddress.Loopback, _proxy.Port)));
            await Assert.ThrowsAsync<SocketException>(ConnectAsync);

            _proxy.Fault = Fault.None;
            using var next = await ConnectAsync();
            Assert.Equal("well", await AskAsync(next, "well"));
        }

        Assert.Equal("still", await AskAsync(old, "still"));
        await _proxy.DisposeAsync();
        Assert.Equal(0, _proxy.Live);
    }

    [Fact]
    public async Task A_slow_accept_keeps_a_new_connection_waiting()
    {
        _proxy.Fault = Fault.SlowAccept(TimeSpan.FromMilliseconds(80));

        var clock = Stopwatch.StartNew();
        using var client = await ConnectAsync();
        Assert.Equal("late", await AskAsync(client, "late"));

        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(80), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_server_that_is_not_there_resets_its_clients()
    {
        await _server.DisposeAsync();

        Assert.False(await NewOneEndsInOrderAsync());
    }

    [Fact]
    public async Task Ending_it_ends_whoever_hangs()
    {
        _proxy.Fault = Fault.Hang;
        using var client = await ConnectAsync();
        await SendAsync(client, "never");
        await UntilAsync(proxy => proxy.Live == 1);

        await _proxy.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.Equal(0, _proxy.Live);
        Assert.Throws<ObjectDisposedException>(() => _proxy.Fault = Fault.None);
    }

    [Fact]
    public void Faults_are_told_in_words_and_bad_numbers_refused()
    {
        Assert.Equal("delay of 1.5 ms", Fault.Delay(TimeSpan.FromMilliseconds(1.5)).ToString());
        Assert.Equal("throttle to 9 B/s", Fault.Throttle(9).ToString());
        Assert.Equal(Fault.CutAfter(3), Fault.CutAfter(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Throttle(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.CutAfter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Delay(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaultProxy.Start("127.0.0.1", 0));
    }

    async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(_proxy.Host, _proxy.Port).WaitAsync(Patience);
        return client;
    }

    Task UntilAsync(Func<FaultProxy, bool> condition) => _proxy.WaitUntilAsync(condition).WaitAsync(Patience);

    static async Task<string> AskAsync(TcpClient client, string line)
    {
        await SendAsync(client, line);
        return await ReadAsync(client);
    }

    static Task SendAsync(TcpClient client, string line) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\n")).AsTask().WaitAsync(Patience);

    static async Task<string> ReadAsync(TcpClient client)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await client.GetStream().ReadExactlyAsync(one).AsTask().WaitAsync(Patience);
            if (one[0] == '\n')
            {
                return line.ToString();
            }

            line.Append((char)one[0]);
        }
    }

    static async Task<string> ReadToEndAsync(TcpClient client)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        try
        {
            while (await client.GetStream().ReadAsync(one).AsTask().WaitAsync(Patience) > 0)
            {
                text.Append((char)one[0]);
            }
        }
        catch (IOException)
        {
            // reset
        }

        return text.ToString();
    }

    /// <summary>A reset may come as early as in the connect.</summary>
    async Task<bool> NewOneEndsInOrderAsync()
    {
        try
        {
            using var young = await ConnectAsync();
            return await EndsInOrderAsync(young);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    static async Task<bool> EndsInOrderAsync(TcpClient client)
    {
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
