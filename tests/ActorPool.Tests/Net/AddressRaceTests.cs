using System.Net;
using System.Net.Sockets;

namespace ActorPool.Tests.Net;

public class AddressRaceTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);
    static readonly IPAddress[] FourAddresses = [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2"), IPAddress.Parse("::1"), IPAddress.Parse("127.0.0.3")];

    readonly ManualTimeProvider _clock = new();
    readonly RecordingLine _line = new();

    [Fact]
    public async Task Families_are_tried_in_turn()
    {
        var attempts = new ScriptedConnects();
        var error = await Assert.ThrowsAsync<SocketException>(() => OpenAsync(attempts, FourAddresses, refuseAll: true));
        Assert.Equal("127.0.0.1:1 [::1]:1 127.0.0.2:1 127.0.0.3:1", string.Join(' ', attempts.Started));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Fact]
    public async Task Only_the_family_that_was_asked_for_is_tried()
    {
        var attempts = new ScriptedConnects();
        await Assert.ThrowsAsync<SocketException>(() => OpenAsync(
            attempts, FourAddresses, refuseAll: true, new TcpConnectorOptions { AddressFamily = AddressFamily.InterNetworkV6 }));
        Assert.Equal("[::1]:1", string.Join(' ', attempts.Started));

        var error = await Assert.ThrowsAsync<SocketException>(() => OpenAsync(
            attempts, [IPAddress.Loopback], refuseAll: true, new TcpConnectorOptions { AddressFamily = AddressFamily.InterNetworkV6 }));
        Assert.Contains("no IPv6 address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_tells_every_address_and_what_was_wrong_with_it()
    {
        var attempts = new ScriptedConnects();
        var opening = OpenAsync(attempts, FourAddresses[..2], refuseAll: false);
        (await attempts.NextAsync()).Fail(SocketError.ConnectionRefused);
        (await attempts.NextAsync()).Fail(SocketError.HostUnreachable);
        var error = await Assert.ThrowsAsync<SocketException>(() => opening.WaitAsync(Patience));
        Assert.Equal("service.test:1: could not connect: 127.0.0.1:1 Connection refused; 127.0.0.2:1 No route to host.", error.Message);
    }

    [Fact]
    public async Task The_next_attempt_starts_at_once_when_one_fails()
    {
        var attempts = new ScriptedConnects();
        var opening = OpenAsync(attempts, FourAddresses[..2], refuseAll: false);
        (await attempts.NextAsync()).Fail(SocketError.ConnectionRefused);
        var second = await attempts.NextAsync();
        var connection = await second.SucceedAsync();
        await using var stream = await opening.WaitAsync(Patience);
        Assert.Equal(0, _clock.GetTimestamp());
        Assert.True(connection.Connected);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_joined_by_the_next_after_the_delay_and_loses()
    {
        var attempts = new ScriptedConnects();
        var opening = OpenAsync(attempts, FourAddresses[..2], refuseAll: false);
        var silent = await attempts.NextAsync();
        _clock.Advance(Delay - TimeSpan.FromMilliseconds(1));
        Assert.Single(attempts.Started);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await attempts.NextAsync();
        Assert.False(silent.Cancelled.IsCompleted);

        await second.SucceedAsync();

        await using var stream = await opening.WaitAsync(Patience);
        await silent.Cancelled.WaitAsync(Patience);
        // one that connects all the same is thrown away
        var late = await silent.SucceedAsync();
        Assert.True(SpinWait.SpinUntil(() => late.SafeHandle.IsClosed, Patience));
    }

    [Fact]
    public async Task The_first_attempt_may_still_win_after_the_second_has_started()
    {
        var attempts = new ScriptedConnects();
        var opening = OpenAsync(attempts, FourAddresses[..2], refuseAll: false);
        var first = await attempts.NextAsync();
        _clock.Advance(Delay);
        var second = await attempts.NextAsync();

        var won = await first.SucceedAsync();

        await using var stream = await opening.WaitAsync(Patience);
        await second.Cancelled.WaitAsync(Patience);
        Assert.True(won.Connected);
    }

    [Fact]
    public async Task Giving_up_cancels_every_attempt_and_does_not_wait_for_them()
    {
        using var cancel = new CancellationTokenSource();
        var attempts = new ScriptedConnects();
        var opening = OpenAsync(attempts, FourAddresses[..2], refuseAll: false, cancellationToken: cancel.Token);
        var first = await attempts.NextAsync();
        _clock.Advance(Delay);
        var second = await attempts.NextAsync();

        await cancel.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience, CancellationToken.None));
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Contains("while connecting", error.Message, StringComparison.Ordinal);
        await first.Cancelled.WaitAsync(Patience, CancellationToken.None);
        await second.Cancelled.WaitAsync(Patience, CancellationToken.None);
        var late = await first.SucceedAsync();
        Assert.True(SpinWait.SpinUntil(() => late.SafeHandle.IsClosed, Patience));
    }

    [Fact]
    public async Task A_host_that_swallows_packets_does_not_eat_the_timeout()
    {
        using var good = new LoopbackServer();
        using var hole = BlackHole.At(IPAddress.Parse("127.0.0.2"), good.Port);
        var connector = new TcpConnector("service.test", good.Port, new TcpConnectorOptions { ConnectionAttemptDelay = TimeSpan.FromMilliseconds(20) })
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]),
        };

        await using var stream = await connector.OpenAsync(_line.NewContext(), CancellationToken.None).AsTask().WaitAsync(Patience);
        await using var peer = await good.AcceptAsync();
        Assert.True(peer.Socket.Connected);
    }

    [Fact]
    public async Task Several_end_points_are_one_service()
    {
        using var good = new LoopbackServer();
        using var refused = new RefusedPort();
        var connector = TcpConnector.ForEndPoints([refused.EndPoint, new DnsEndPoint("nowhere.invalid", 1), good.EndPoint]);
        connector.Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound);
        await using var stream = await connector.OpenAsync(_line.NewContext(), CancellationToken.None).AsTask().WaitAsync(Patience);
        Assert.Equal($"{refused.EndPoint},nowhere.invalid:1,{good.EndPoint}", connector.ToString());
    }

    async Task<Stream> OpenAsync(
        ScriptedConnects attempts, IPAddress[] addresses, bool refuseAll, TcpConnectorOptions? options = null, CancellationToken cancellationToken = default)
    {
        attempts.RefuseAll = refuseAll;
        var connector = new TcpConnector("service.test", 1, options)
        {
            Resolve = (_, _) => Task.FromResult(addresses),
            Connect = attempts.ConnectAsync,
        };
        return await connector.OpenAsync(_line.NewContext(_clock), cancellationToken);
    }
}
