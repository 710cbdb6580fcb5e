using System.Net;
using System.Net.Sockets;

namespace QuickStart;

/// <summary>The embedded server: echoes lines on a loopback port, can go away and come back, and counts its sockets.</summary>
sealed class EchoServer : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<EchoConnection> _open = [];
    readonly int[] _faults = new int[Enum.GetValues<Fault>().Length];
    Socket? _listener;
    long _accepted;

    public EchoServer()
    {
        // Below the ports that systems give to outgoing connections: while the server is away nobody else gets its port,
        // and no client can connect to itself by chance.
        var attempt = 0;
        do
        {
            Port = Random.Shared.Next(20_000, 32_000);
        }
        while (!TryListen(lastTry: attempt++ == 100));
    }

    public int Port { get; }

    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>How many sockets are open, as seen from this end.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>How many sockets have suffered a fault.</summary>
    public int Count(Fault fault) => Volatile.Read(in _faults[(int)fault]);

    public void Note(Fault fault) => Interlocked.Increment(ref _faults[(int)fault]);

    /// <summary>Does something bad to a sound socket, the dice say to which.</summary>
    public void Harm(Fault fault, int dice)
    {
        lock (_lock)
        {
            var sound = _open.FindAll(connection => connection.IsSound && connection.NextFault is null);
            if (sound.Count == 0)
            {
                return;
            }

            var victim = sound[dice % sound.Count];
            if (fault == Fault.Killed)
            {
                victim.Kill(fault, reset: (dice >> 16) % 2 == 0);
            }
            else
            {
                victim.NextFault = fault;
            }
        }
    }

    /// <summary>Faults that have not happened yet will not.</summary>
    public void Calm()
    {
        lock (_lock)
        {
            _open.ForEach(connection => connection.NextFault = null);
        }
    }

    /// <summary>Closes the listener and cuts off every socket.</summary>
    public void GoAway()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (var connection in _open.ToArray())
            {
                connection.Kill(Fault.Outage, reset: true);
            }
        }
    }

    /// <summary>Listens again, on the same port.</summary>
    /// <exception cref="SocketException">Somebody else has the port and does not give it back.</exception>
    public async Task ComeBackAsync()
    {
        for (var attempt = 0; !TryListen(lastTry: attempt == 100); attempt++)
        {
            await Task.Delay(10);
        }
    }

    /// <summary>Waits until no socket is open, or the time is up.</summary>
    public async Task WaitForLastGoodbyeAsync(TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        while (Open > 0 && !patience.IsCancellationRequested)
        {
            await Task.Delay(10);
        }
    }

    public ValueTask DisposeAsync()
    {
        GoAway();
        return default;
    }

    bool TryListen(bool lastTry)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            listener.Listen();
        }
        catch (SocketException) when (!lastTry)
        {
            listener.Dispose();
            return false;
        }

        lock (_lock)
        {
            _listener = listener;
        }

        _ = AcceptAsync(listener);
        return true;
    }

    async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync();
                socket.NoDelay = true;
                _ = ServeAsync(socket, listener);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // gone away
        }
    }

    async Task ServeAsync(Socket socket, Socket listener)
    {
        var connection = new EchoConnection(socket, this);
        lock (_lock)
        {
            _accepted++;
            _open.Add(connection);
            if (_listener != listener)
            {
                // accepted in the moment of leaving
                connection.Kill(Fault.Outage, reset: true);
            }
        }

        await connection.ServeAsync();
        lock (_lock)
        {
            _open.Remove(connection);
        }
    }
}
