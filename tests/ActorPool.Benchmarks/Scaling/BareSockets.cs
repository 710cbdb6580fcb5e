using System.Net;
using System.Net.Sockets;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Sockets in an array, and one loop that probes them in turn: the least that can be done.</summary>
sealed class BareSockets(IPEndPoint address, int count, TimeSpan interval) : ISocketHolder
{
    // As many opens at a time as a pool makes.
    const int ConnectsMax = 4;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    readonly Socket[] _sockets = new Socket[count];
    Task _probing = Task.CompletedTask;
    volatile bool _isOver;
    long _probes;

    public string Name => "bare sockets, probed by a loop";

    public long Probes => Interlocked.Read(ref _probes);

    public async Task OpenAsync()
    {
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = ConnectsMax }, async (number, end) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, end);
            _sockets[number] = socket;
        });
        _probing = ProbeAsync();
    }

    public async Task CloseAsync()
    {
        _isOver = true;
        await _probing;
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    async Task ProbeAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        var bytes = new byte[SocketProbe.Bytes.Length];
        var started = TimeProvider.System.GetTimestamp();
        while (!_isOver && await timer.WaitForNextTickAsync())
        {
            var due = (long)(TimeProvider.System.GetElapsedTime(started) / interval * count);
            for (; _probes < due; Interlocked.Increment(ref _probes))
            {
                var socket = _sockets[_probes % count];
                await socket.SendAsync(SocketProbe.Bytes);
                for (var got = 0; got < bytes.Length;)
                {
                    got += await socket.ReceiveAsync(bytes.AsMemory(got));
                }
            }
        }
    }
}
