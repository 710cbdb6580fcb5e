using System.Runtime.CompilerServices;

namespace ActorPool.Endpoints;

/// <summary>The last transitions of a slot, newest over oldest, in one cache line.</summary>
struct FlightRecorder
{
    /// <summary>How many transitions are kept.</summary>
    public const int Capacity = 8;

    Entries _entries;
    int _next;

    /// <summary>Notes one: state, event and time packed into a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(SlotState state, SlotEvent happened, long nowMs)
    {
        _entries[_next & (Capacity - 1)] = (nowMs << 16) | ((long)happened << 8) | (long)state;
        _next++;
    }

    /// <summary>Forgets them all: another connection begins.</summary>
    public void Clear() => _next = 0;

    /// <summary>How many were noted since the last <see cref="Clear"/>.</summary>
    public readonly int Noted => _next;

    /// <summary>One of the last <see cref="Capacity"/> that were noted, by its number from 0.</summary>
    public readonly SlotTransition this[int number] => Unpack(_entries[number & (Capacity - 1)]);

    /// <summary>What was noted, oldest first.</summary>
    public readonly SlotTransition[] ToArray()
    {
        var count = Math.Min(_next, Capacity);
        var transitions = new SlotTransition[count];
        for (var i = 0; i < count; i++)
        {
            transitions[i] = this[_next - count + i];
        }

        return transitions;
    }

    static SlotTransition Unpack(long entry) => new((SlotEvent)((entry >> 8) & 0xff), (SlotState)(entry & 0xff), entry >> 16);

    [InlineArray(Capacity)]
    struct Entries
    {
        long _entry;
    }
}
