using System.Collections.Concurrent;
using ActorPool.Connections;

namespace ActorPool.TestKit.Contracts;

/// <summary>Keeps what a connection says against itself, in the pool's place.</summary>
sealed class ContractLine : IConnectionLine
{
    readonly ConcurrentQueue<Exception> _reasons = new();

    public bool IsCondemned => !_reasons.IsEmpty;

    public void Condemn(Exception reason) => _reasons.Enqueue(reason);
}
