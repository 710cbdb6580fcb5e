using System.Runtime.InteropServices;

namespace ActorPool.Stress;

/// <summary>
/// A barrier that is passed by all at nearly the same instant: each party counts its own arrivals in a cache line of its
/// own and reads the others', so that nobody is told last.
/// </summary>
/// <param name="parties">How many meet.</param>
/// <param name="isCrowded">Whether there are more threads than cores: who waits soon lets others run.</param>
sealed class Rendezvous(int parties, bool isCrowded)
{
    const int QuickLooks = 200;

    readonly Arrivals[] _arrivals = new Arrivals[parties];
    readonly int _spinsMax = isCrowded ? 10 : 200;
    volatile bool _isOff;

    /// <summary>Nobody needs to come any more: who waits, or comes later, is told to go.</summary>
    public void CallOff() => _isOff = true;

    /// <summary>Waits for all others. False if it was called off.</summary>
    public bool Meet(int party)
    {
        var mine = _arrivals[party].Count + 1;
        Volatile.Write(ref _arrivals[party].Count, mine);
        for (var other = 0; other < _arrivals.Length; other++)
        {
            if (!WaitFor(ref _arrivals[other].Count, mine))
            {
                return false;
            }
        }

        return true;
    }

    bool WaitFor(ref long count, long mine)
    {
        for (var looks = 0; Volatile.Read(ref count) < mine; looks++)
        {
            if (_isOff)
            {
                return false;
            }

            if (looks >= QuickLooks)
            {
                Pause(looks - QuickLooks);
            }
        }

        return true;
    }

    void Pause(int spins)
    {
        if (spins < _spinsMax)
        {
            Thread.SpinWait(1);
        }
        else
        {
            Thread.Yield();
        }
    }

    // Two lines: processors fetch them in pairs.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    struct Arrivals
    {
        public long Count;
    }
}
