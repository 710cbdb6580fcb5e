namespace ActorPool.Endpoints;

/// <summary>
/// How many connections were idle, sample by sample, over a window; and their median at its end. Half of the time that many
/// and more were not needed: Npgsql's way of pruning.
/// </summary>
sealed class IdleSamples(int windowLength)
{
    readonly int[] _samples = new int[windowLength];
    int _count;

    /// <summary>Takes a sample.</summary>
    public void Add(int idle) => _samples[_count++] = idle;

    /// <summary>If the window is full: its median; a new window begins.</summary>
    public bool TryTakeMedian(out int median)
    {
        median = 0;
        if (_count < _samples.Length)
        {
            return false;
        }

        Array.Sort(_samples);
        median = _samples[_samples.Length / 2];
        _count = 0;
        return true;
    }
}
