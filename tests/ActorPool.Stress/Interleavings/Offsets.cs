using ActorPool.TestKit;

namespace ActorPool.Stress;

/// <summary>
/// How long one actor dawdles before each run: up to a bound that changes from batch to batch, for each actor by itself, so
/// that in some batches one comes first, in some the other, and in some nobody can tell.
/// </summary>
sealed class Offsets(ulong seed)
{
    // In rounds of about a nanosecond: nothing, about a compare-and-swap, about a turn, about a wait.
    static readonly uint[] Bounds = [0, 0, 7, 31, 127, 511, 2047];

    readonly SeededRandom _random = new(seed);
    ulong _state = seed | 1;
    uint _bound;
    ulong _sink;

    /// <summary>Another bound.</summary>
    public void NextBatch() => _bound = Bounds[_random.Next(Bounds.Length)];

    /// <summary>One of several.</summary>
    public int Choose(ReadOnlySpan<int> from) => from[_random.Next(from.Length)];

    /// <summary>Dawdles.</summary>
    public void Spend()
    {
        // xorshift64 (Marsaglia, 2003): quicker than what it is to wait for.
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        var sink = _sink;
        for (var rounds = (uint)_state & _bound; rounds > 0; rounds--)
        {
            sink = (sink * 3) + 1;
        }

        _sink = sink;
    }
}
