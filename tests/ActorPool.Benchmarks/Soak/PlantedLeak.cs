using System.Net.Sockets;

namespace ActorPool.Benchmarks.Soak;

/// <summary>Keeps what nobody needs, as a pool with a defect would.</summary>
sealed class PlantedLeak(LeakKind kind) : IDisposable
{
    const int BytesPerLease = 100;
    const int LeasesPerHandle = 500;

    readonly Lock _lock = new();
    readonly List<object> _kept = [];
    int _leases;

    /// <summary>A lease has ended.</summary>
    public void Note()
    {
        if (kind == LeakKind.None)
        {
            return;
        }

        lock (_lock)
        {
            var isTurn = _leases++ % LeasesPerHandle == 0;
            switch (kind)
            {
                case LeakKind.Memory:
                    _kept.Add(new byte[BytesPerLease]);
                    break;
                case LeakKind.Handles when isTurn:
                    _kept.Add(new Socket(SocketType.Stream, ProtocolType.Tcp));
                    break;
                case LeakKind.Timers when isTurn:
                    _kept.Add(new Timer(static _ => { }, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan));
                    break;
            }
        }
    }

    public void Dispose() => _kept.OfType<IDisposable>().ToList().ForEach(static one => one.Dispose());
}
