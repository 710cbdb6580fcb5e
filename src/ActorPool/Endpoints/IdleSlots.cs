namespace ActorPool.Endpoints;

/// <summary>
/// The idle slots of a pool, in the order in which they became idle; taken from either end. Holds slot numbers rather than
/// slots: numbers need no write barrier.
/// </summary>
/// <remarks>
/// A slot that leaves from the middle leaves its mark, so that it can come back to its place when its probe has passed (a
/// probe must not make a connection look recently used), and nothing has to be moved.
/// </remarks>
sealed class IdleSlots(SlotTable slots)
{
    int[] _ring = new int[16];

    // Positions count on and wrap around; only their differences and low bits mean anything.
    int _head;
    int _tail;

    /// <summary>How many are idle.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one as the last to have become idle.</summary>
    public void Add(Slot slot)
    {
        if (_tail - _head == _ring.Length)
        {
            MakeRoom();
        }

        slot.IdlePosition = _tail;
        _ring[_tail & (_ring.Length - 1)] = slot.Index;
        _tail++;
        Count++;
    }

    /// <summary>The one that <see cref="Take"/> would take; -1 if none is idle.</summary>
    public int Peek(IdleOrder order)
    {
        if (Count == 0)
        {
            return -1;
        }

        var mask = _ring.Length - 1;
        if (order == IdleOrder.Lifo)
        {
            int last;
            while ((last = _ring[(_tail - 1) & mask]) < 0)
            {
                _tail--;
            }

            return last;
        }

        int first;
        while ((first = _ring[_head & mask]) < 0)
        {
            _head++;
        }

        return first;
    }

    /// <summary>Takes one out: the last to have become idle, or the first. -1 if none is idle.</summary>
    public int Take(IdleOrder order)
    {
        var index = Peek(order);
        if (index >= 0)
        {
            TakePeeked(order);
        }

        return index;
    }

    /// <summary>Takes out the one that <see cref="Peek"/> has just found.</summary>
    public void TakePeeked(IdleOrder order)
    {
        if (order == IdleOrder.Lifo)
        {
            _tail--;
        }
        else
        {
            _head++;
        }

        Count--;
    }

    /// <summary>Takes a certain one out, from wherever it is; its place is kept for <see cref="PutBack"/>.</summary>
    public void Remove(Slot slot)
    {
        ref var place = ref _ring[slot.IdlePosition & (_ring.Length - 1)];
        Actors.Invariant.Check(place == slot.Index, "a slot that is not among the idle was taken from them");
        place = ~slot.Index;
        Count--;
    }

    /// <summary>Puts one that was removed back to its place, or, if that is gone, where the longest idle are.</summary>
    public void PutBack(Slot slot)
    {
        var position = slot.IdlePosition;
        ref var place = ref _ring[position & (_ring.Length - 1)];
        if ((uint)(position - _head) < (uint)(_tail - _head) && place == ~slot.Index)
        {
            place = slot.Index;
            Count++;
            return;
        }

        if (_tail - _head == _ring.Length)
        {
            MakeRoom();
        }

        slot.IdlePosition = --_head;
        _ring[_head & (_ring.Length - 1)] = slot.Index;
        Count++;
    }

    /// <summary>Copies the numbers of all, longest idle first, into a list.</summary>
    public void CopyTo(List<int> indexes)
    {
        for (var position = _head; position != _tail; position++)
        {
            var index = _ring[position & (_ring.Length - 1)];
            if (index >= 0)
            {
                indexes.Add(index);
            }
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _head = 0;
        _tail = 0;
        Count = 0;
    }

    /// <summary>Closes the gaps and, if there were few, doubles the ring.</summary>
    void MakeRoom()
    {
        var indexes = new List<int>(Count);
        CopyTo(indexes);
        if (indexes.Count > _ring.Length / 2)
        {
            _ring = new int[_ring.Length * 2];
        }

        Clear();
        foreach (var index in indexes)
        {
            Add(slots[index]);
        }
    }
}
