using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ActorPool.Benchmarks.Recovery.Serving;

/// <summary>The server: listens when it is told to, and keeps book of who comes and goes.</summary>
sealed class RecoveryListener(int port, ServerPlan plan, Action<long> onFull) : IDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Lock _gate = new();
    readonly List<long> _accepted = [];
    readonly List<long> _ready = [];
    readonly List<long> _gone = [];
    int _starting;
    int _startingMost;

    public ServerPlan Plan => plan;

    /// <summary>From now on it can be reached.</summary>
    public long Listen()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(512);
        var since = Stopwatch.GetTimestamp();
        _ = AcceptAsync();
        return since;
    }

    public ServerJournal Report()
    {
        lock (_gate)
        {
            return new ServerJournal([.. _accepted], [.. _ready], [.. _gone], _startingMost);
        }
    }

    public void NoteReady()
    {
        lock (_gate)
        {
            _starting--;
            _ready.Add(Stopwatch.GetTimestamp());
            if (_ready.Count - _gone.Count == plan.Full)
            {
                onFull(_ready[^1]);
            }
        }
    }

    public void NoteEnd(bool wasReady)
    {
        lock (_gate)
        {
            if (wasReady)
            {
                _gone.Add(Stopwatch.GetTimestamp());
            }
            else
            {
                _starting--;
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    async Task AcceptAsync()
    {
        while (true)
        {
            var socket = await _listener.AcceptAsync();
            lock (_gate)
            {
                _accepted.Add(Stopwatch.GetTimestamp());
                if (plan.Demise != Demise.Accept)
                {
                    _startingMost = Math.Max(_startingMost, ++_starting);
                }
            }

            if (plan.Demise == Demise.Accept)
            {
                ServedConnection.Reset(socket);
                continue;
            }

            socket.NoDelay = true;
            _ = new ServedConnection(this, socket).ServeAsync();
        }
    }
}
