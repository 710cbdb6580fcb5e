namespace ActorPool.Routing;

/// <summary>
/// Counts the faults of a member since a lease last went well, without hearing of the leases that do: at each fault it
/// compares how many have ended well by then.
/// </summary>
/// <remarks>
/// Leases that fail together end before the first of their faults is heard of, and look well until theirs comes. So a fault
/// is followed by a success only if more leases had ended well at the last fault than at that one: what has ended well for
/// certain is the least that was counted since.
/// </remarks>
sealed class FaultStreak(int faultsMax)
{
    // Leases that had ended well at each of the last faults.
    readonly long[] _well = new long[Math.Max(1, faultsMax)];
    int _noted;
    long _leaseFaults;

    /// <summary>Faults in a row, up to the number that matters.</summary>
    public int Length
    {
        get
        {
            var length = 0;
            while (length < Math.Min(_noted, _well.Length) && WellAt(length) >= WellAt(0))
            {
                length++;
            }

            return length;
        }
    }

    /// <summary>A fault.</summary>
    /// <param name="ended">How many leases had ended, well or not.</param>
    /// <param name="isLease">Whether it ended one of them.</param>
    public void Note(long ended, bool isLease)
    {
        if (isLease)
        {
            _leaseFaults++;
        }

        _well[_noted++ % _well.Length] = ended - _leaseFaults;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _noted = 0;

    long WellAt(int faultsAgo) => _well[(_noted - 1 - faultsAgo) % _well.Length];
}
