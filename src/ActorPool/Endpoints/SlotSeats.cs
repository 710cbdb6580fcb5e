namespace ActorPool.Endpoints;

/// <summary>The seats of a slot whose connection serves several leases at once, and which of them are free.</summary>
sealed class SlotSeats
{
    readonly Seat[] _seats;
    readonly Stack<Seat> _free;

    public SlotSeats(Slot slot, int count)
    {
        _seats = new Seat[count];
        _seats[0] = slot;
        for (var i = 1; i < count; i++)
        {
            _seats[i] = new SharedSeat(slot);
        }

        _free = new Stack<Seat>(_seats.Reverse());
    }

    /// <summary>All of them, free ones included.</summary>
    public ReadOnlySpan<Seat> All => _seats;

    /// <summary>How many are leased.</summary>
    public int Taken => _seats.Length - _free.Count;

    /// <summary>Whether another lease fits.</summary>
    public bool HasRoom => _free.Count > 0;

    /// <summary>Where its slot lies in <see cref="SharedSlots"/>; -1 if it does not.</summary>
    public int Position { get; set; } = -1;

    /// <summary>In which row of <see cref="SharedSlots"/> it lies: how many leases it had when it was placed there.</summary>
    public int Row { get; set; }

    /// <summary>Whether a seat is leased.</summary>
    public bool IsTaken(Seat seat) => !_free.Contains(seat);

    /// <summary>Takes a free seat.</summary>
    public Seat Take() => _free.Pop();

    /// <summary>A seat is free again.</summary>
    public void PutFree(Seat seat) => _free.Push(seat);
}
