using ActorPool.Benchmarks.Candidates;

namespace ActorPool.Benchmarks.Budgeting;

/// <summary>Reads the monotonic clock and the wall clock in place of a lease.</summary>
readonly struct ClocksCandidate() : ICandidate<IdleConnection>
{
    readonly IdleConnection _connection = new();
    readonly TimeProvider _time = TimeProvider.System;

    public static ValueTask<ClocksCandidate> OpenAsync(int size) => new(new ClocksCandidate());

    public ValueTask<IdleConnection> AcquireAsync() =>
        _time.GetTimestamp() > 0 && _time.GetUtcNow().UtcTicks > 0 ? new(_connection) : throw new InvalidOperationException("no clock");

    public void Release(IdleConnection lease)
    {
    }

    public ValueTask DisposeAsync() => default;
}
