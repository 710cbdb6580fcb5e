namespace ActorPool.Endpoints;

/// <summary>
/// The leased slots that have room for another lease, in rows by how many leases they have: the next lease goes to one of
/// the least leased, so that leases spread evenly.
/// </summary>
sealed class SharedSlots
{
    readonly List<List<Slot>> _rows = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a slot into the row that is its own now; out, if it has no room.</summary>
    public void Place(Slot slot)
    {
        Remove(slot);
        var seats = slot.Seats!;
        if (!seats.HasRoom || seats.Taken == 0)
        {
            return;
        }

        while (_rows.Count <= seats.Taken)
        {
            _rows.Add([]);
        }

        seats.Row = seats.Taken;
        seats.Position = _rows[seats.Row].Count;
        _rows[seats.Row].Add(slot);
        Count++;
    }

    /// <summary>Takes a slot out, if it is in.</summary>
    public void Remove(Slot slot)
    {
        if (slot.Seats is not { Position: >= 0 and var position } seats)
        {
            return;
        }

        var row = _rows[seats.Row];
        var last = row[^1];
        row[position] = last;
        last.Seats!.Position = position;
        row.RemoveAt(row.Count - 1);
        seats.Position = -1;
        Count--;
    }

    /// <summary>One of those with the fewest leases; null if none has room. It stays where it is.</summary>
    public Slot? PeekLeast()
    {
        foreach (var row in _rows)
        {
            if (row.Count > 0)
            {
                return row[0];
            }
        }

        return null;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        foreach (var slot in _rows.SelectMany(row => row))
        {
            slot.Seats!.Position = -1;
        }

        _rows.Clear();
        Count = 0;
    }
}
