namespace ActorPool.Endpoints;

/// <summary>
/// What a <see cref="ConnectionSnapshot"/> is made of, copied from a slot in its supervisor's turn: nothing is allocated for it
/// there, and nothing put into words.
/// </summary>
struct SlotPicture
{
    long _connectionId;
    long _useCount;
    long _sinceMs;
    long _openedAtMs;
    long _leasedSinceMs;
    object? _holder;
    LeaseSnapshot[]? _leases;
    Exception? _lastError;
    string? _address;
    FlightRecorder _history;
    int _slot;
    SlotState _state;
    bool _isStale;
    bool _isTransient;

    /// <summary>In the supervisor's turn: copies what a slot is.</summary>
    public void Draw(Slot slot, long nowMs)
    {
        var current = slot.Current;
        _connectionId = slot.ConnectionId;
        _useCount = slot.UseCount;
        _sinceMs = slot.StateSinceMs;
        _openedAtMs = current?.OpenedAtMs ?? nowMs;
        _leasedSinceMs = slot.LeasedSinceMs;
        _holder = slot.Holder;
        _leases = slot.Seats is { } seats ? LeasesOf(slot, seats, nowMs) : null;
        _lastError = slot.LastError;
        _address = current?.Address;
        _history = slot.History;
        _slot = slot.Index;
        _state = slot.State;
        _isStale = slot.IsStale;
        _isTransient = slot.IsTransient;
    }

    /// <summary>From any thread: the picture as users see it.</summary>
    public readonly ConnectionSnapshot ToSnapshot(long takenAtMs)
    {
        // A slot's time may be a little ahead of its supervisor's.
        var nowMs = Math.Max(takenAtMs, _sinceMs);
        return new ConnectionSnapshot
        {
            ConnectionId = _connectionId,
            Slot = _slot,
            State = _state,
            Age = TimeSpan.FromMilliseconds(Math.Max(0, nowMs - _openedAtMs)),
            InState = TimeSpan.FromMilliseconds(nowMs - _sinceMs),
            UseCount = _useCount,
            Leases = _state is not (SlotState.Leased or SlotState.Doomed) ? [] : _leases ?? [LeaseOf(_connectionId, _leasedSinceMs, _holder, nowMs)],
            IsStale = _isStale,
            IsTransient = _isTransient,
            Address = _address,
            LastErrorObject = _lastError,
            Transitions = _history.ToArray(),
            TakenAtMs = nowMs,
        };
    }

    static LeaseSnapshot[] LeasesOf(Slot slot, SlotSeats seats, long nowMs)
    {
        var leases = new LeaseSnapshot[seats.Taken];
        var count = 0;
        foreach (var seat in seats.All)
        {
            if (seats.IsTaken(seat))
            {
                leases[count++] = LeaseOf(slot.ConnectionId, seat.LeasedSinceMs, seat.Holder, nowMs);
            }
        }

        return leases;
    }

    static LeaseSnapshot LeaseOf(long connectionId, long sinceMs, object? holder, long nowMs) => new()
    {
        ConnectionId = connectionId,
        Held = TimeSpan.FromMilliseconds(Math.Max(0, nowMs - sinceMs)),
        HolderObject = holder,
    };
}
