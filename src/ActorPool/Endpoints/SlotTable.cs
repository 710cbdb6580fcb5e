using System.Runtime.CompilerServices;

namespace ActorPool.Endpoints;

/// <summary>The slots of a pool by number, made when first needed, and which of them are empty.</summary>
sealed class SlotTable(EndpointSupervisor supervisor)
{
    readonly Stack<int> _empty = new();
    Slot[] _slots = new Slot[4];

    /// <summary>How many slots were ever made.</summary>
    public int Made { get; private set; }

    /// <summary>How many are not empty.</summary>
    public int InUse => Made - _empty.Count;

    public Slot this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _slots[index];
    }

    /// <summary>All slots ever made, empty ones included.</summary>
    public ReadOnlySpan<Slot> All => _slots.AsSpan(0, Made);

    /// <summary>An empty slot: the one emptied last, or a new one.</summary>
    public Slot TakeEmpty()
    {
        if (_empty.TryPop(out var index))
        {
            return _slots[index];
        }

        if (Made == _slots.Length)
        {
            Array.Resize(ref _slots, Made * 2);
        }

        var slot = new Slot(supervisor, Made);
        _slots[Made++] = slot;
        return slot;
    }

    /// <summary>Takes note that a slot is empty.</summary>
    public void PutEmpty(Slot slot) => _empty.Push(slot.Index);

    /// <summary>Looks anew for the empty ones.</summary>
    public void FindEmpty()
    {
        _empty.Clear();
        foreach (var slot in All)
        {
            if (slot.State == SlotState.Empty)
            {
                _empty.Push(slot.Index);
            }
        }
    }

    /// <summary>Counts those that are in use above the maximum size.</summary>
    public int CountTransients()
    {
        var count = 0;
        foreach (var slot in All)
        {
            count += slot.IsTransient ? 1 : 0;
        }

        return count;
    }
}
