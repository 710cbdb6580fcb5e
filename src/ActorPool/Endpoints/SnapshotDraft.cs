namespace ActorPool.Endpoints;

/// <summary>
/// A snapshot on its way: the payload of <see cref="EndpointRequest.TakeSnapshot"/>. What room it needs is taken before the turn,
/// so that no garbage collection falls into it; what users see is made after it.
/// </summary>
/// <remarks>
/// The pictures lie in pages, since an array of all of them would be a large object of the heap's, and many of those make it
/// collect all generations.
/// </remarks>
sealed class SnapshotDraft
{
    /// <summary>How many pictures a page has: a power of two, and some 40 kB.</summary>
    public const int PageSize = 256;

    readonly List<SlotPicture[]> _pages = [];
    int _count;
    int _nextSlot;

    /// <param name="slotsMade">How many slots there are, as far as is known.</param>
    public SnapshotDraft(int slotsMade)
    {
        for (var left = slotsMade; left > 0; left -= PageSize)
        {
            _pages.Add(new SlotPicture[Math.Min(left, PageSize)]);
        }
    }

    /// <summary>When the last turn drew.</summary>
    public long TakenAtMs { get; set; }

    /// <summary>The numbers; null until they are drawn.</summary>
    public PoolOverview? Numbers { get; set; }

    /// <summary>Whether every slot is drawn.</summary>
    public bool IsDone { get; private set; }

    /// <summary>In the supervisor's turn: draws the next slots, empty ones left out.</summary>
    /// <param name="all">All slots that there are now.</param>
    /// <param name="slots">How many at most.</param>
    public void Draw(ReadOnlySpan<Slot> all, int slots)
    {
        var end = (int)Math.Min(all.Length, (long)_nextSlot + slots);
        foreach (var slot in all[_nextSlot..end])
        {
            if (slot.State != SlotState.Empty)
            {
                Next().Draw(slot, TakenAtMs);
            }
        }

        _nextSlot = end;
        IsDone = end == all.Length;
    }

    /// <summary>When it is done: the snapshot.</summary>
    public PoolSnapshot ToSnapshot() => new(Numbers!, new ConnectionSnapshots(_pages, _count, TakenAtMs));

    ref SlotPicture Next()
    {
        var (page, place) = (_count / PageSize, _count % PageSize);
        if (page == _pages.Count)
        {
            _pages.Add(new SlotPicture[PageSize]);
        }
        else if (place == _pages[page].Length)
        {
            // The last page was made to measure, and there are more by now.
            var full = _pages[page];
            Array.Resize(ref full, PageSize);
            _pages[page] = full;
        }

        _count++;
        return ref _pages[page][place];
    }
}
