namespace ActorPool.Benchmarks.Scaling;

/// <summary>
/// A walk over an array from cache line to cache line in a random order, where each step must be over before the next is
/// known: what memory of that size costs by itself.
/// </summary>
sealed class MemoryWalk
{
    const int LineBytes = 64;
    const int LineInts = LineBytes / sizeof(int);
    readonly int[] _next;
    int _at;

    /// <param name="bytes">How large the array is.</param>
    /// <param name="random">Chooses the way: one cycle through all lines (S. Sattolo, "An algorithm to generate a random cyclic permutation", 1986).</param>
    public MemoryWalk(long bytes, Random random)
    {
        var lines = (int)Math.Max(2, bytes / LineBytes);
        var order = Enumerable.Range(0, lines).ToArray();
        for (var last = lines - 1; last > 0; last--)
        {
            var other = random.Next(last);
            (order[last], order[other]) = (order[other], order[last]);
        }

        _next = new int[lines * LineInts];
        for (var line = 0; line < lines; line++)
        {
            _next[line * LineInts] = order[line] * LineInts;
        }
    }

    /// <summary>Walks for a while.</summary>
    /// <returns>Nanoseconds per step.</returns>
    public double Run(TimeSpan length) => Batches.NsEach(length, Walk);

    void Walk()
    {
        for (var i = 0; i < Batches.Size; i++)
        {
            _at = _next[_at];
        }
    }
}
