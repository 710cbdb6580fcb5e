using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ActorPool.TestKit.Faults;

namespace ActorPool.TestKit;

/// <summary>
/// Stands between a client and a real server, on a loopback port, in process, and does to their connections what networks
/// and servers do: see <see cref="Fault"/>. In real time, with real sockets; what was tested against a scripted connector
/// can so be tried on what the connector was made for.
/// </summary>
/// <remarks>All members may be used from any thread.</remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    readonly EndPoint _target;
    readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    readonly ChangeSignal _changed = new();
    readonly Lock _gate = new();
    readonly ProxyPort _port = ProxyPort.Free();
    Task _accepting;
    bool _listens = true;
    Fault _fault = Fault.None;
    int _accepted;
    int _live;
    bool _disposed;

    FaultProxy(EndPoint target, ulong seed)
    {
        _target = target;
        Random = new SeededRandom(seed);
        _accepting = AcceptAsync(_port.Listener);
    }

    /// <summary>Where it listens: <c>127.0.0.1</c>.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>
    /// The port it listens on: a free one below those that systems give to outgoing connections, so that nobody gets it while
    /// connections are refused.
    /// </summary>
    public int Port => _port.Number;

    /// <summary>
    /// What it does to everything that passes from now on, and to new connections. Default <see cref="Fault.None"/>. Does not
    /// reach for connections on which nothing happens: see <see cref="KillAll"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Connections were refused, and meanwhile the port was taken by somebody else. Not on Linux, where it is kept.
    /// </exception>
    public Fault Fault
    {
        get => Volatile.Read(ref _fault);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                Volatile.Write(ref _fault, value);
                Listen(value.Kind != FaultKind.Refuse);
            }

            _changed.Raise();
        }
    }

    /// <summary>How many connections it has accepted since it was started.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many of them are open: neither closed by the client, nor ended by the server, a fault or <see cref="KillAll"/>.</summary>
    public int Live => Volatile.Read(ref _live);

    internal TimeProvider TimeProvider { get; } = TimeProvider.System;

    internal SeededRandom Random { get; }

    /// <summary>Starts one in front of a server.</summary>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">Its port, 1 to 65535.</param>
    /// <param name="seed">Of the randomness in <see cref="Fault.Jitter"/> and <see cref="Fault.Garbage"/>.</param>
    public static FaultProxy Start(string host, int port, ulong seed = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return new FaultProxy(IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port), seed);
    }

    /// <summary>Ends every connection that stands, at both ends, whatever the <see cref="Fault"/>; new ones are not touched.</summary>
    /// <param name="orderly">Whether they end in order (FIN) instead of with a reset (RST).</param>
    /// <returns>How many there were.</returns>
    public int KillAll(bool orderly = false)
    {
        var victims = _connections.Keys.ToArray();
        foreach (var victim in victims)
        {
            victim.End(orderly ? EndKind.Finish : EndKind.Reset);
        }

        return victims.Length;
    }

    /// <summary>Waits until something is so; asked each time a connection comes or goes and the fault changes.</summary>
    /// <param name="condition">Such as <c>proxy => proxy.Live == 0</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitUntilAsync(Func<FaultProxy, bool> condition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return _changed.WaitUntilAsync(() => condition(this), cancellationToken);
    }

    /// <summary>Listens no more, and ends every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _port.Dispose();
        }

        await _accepting.ConfigureAwait(false);
        foreach (var (connection, running) in _connections.ToArray())
        {
            connection.End(EndKind.Reset);
            await running.ConfigureAwait(false);
            connection.Dispose();
        }
    }

    internal Task WhileAsync(Fault fault, CancellationToken cancellationToken) =>
        _changed.WaitUntilAsync(() => Fault != fault, cancellationToken);

    /// <summary>Waits until so much time has passed, not a moment less: timers may be a little early.</summary>
    internal async ValueTask DelayAsync(TimeSpan time, long since, CancellationToken cancellationToken)
    {
        while (time - TimeProvider.GetElapsedTime(since) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    internal void ClientIsGone()
    {
        Interlocked.Decrement(ref _live);
        _changed.Raise();
    }

    internal void Randomise(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
        {
            one = (byte)Random.NextUInt64();
        }
    }

    void Listen(bool listen)
    {
        if (listen == _listens)
        {
            return;
        }

        if (listen)
        {
            _port.Listen();
            _accepting = Task.WhenAll(_accepting, AcceptAsync(_port.Listener));
        }
        else
        {
            _port.Refuse();
        }

        _listens = listen;
    }

    async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            client.NoDelay = true;
            Begin(new ProxiedConnection(this, client));
        }
    }

    void Begin(ProxiedConnection connection)
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _live);
        _changed.Raise();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = begun.Task;
        _ = RunAsync(connection, begun);
    }

    async Task RunAsync(ProxiedConnection connection, TaskCompletionSource over)
    {
        await connection.RunAsync(_target).ConfigureAwait(false);
        _connections.TryRemove(connection, out _);
        over.SetResult();
    }
}
