namespace ActorPool.Dashboard.Live;

/// <summary>The states of a pool's slots as one letter each, in the order of the slots.</summary>
static class SlotLetters
{
    const char Empty = '.';

    public static char Of(SlotState state) => state switch
    {
        SlotState.Opening => 'O',
        SlotState.Idle => 'I',
        SlotState.Leased => 'L',
        SlotState.Probing => 'P',
        SlotState.Resetting => 'R',
        SlotState.Doomed => 'D',
        SlotState.Closing => 'C',
        _ => Empty,
    };

    /// <summary>Writes them, up to the last slot in use, empty ones as dots.</summary>
    /// <returns>How many there are; -1 if they are too many, and told by their counts alone.</returns>
    public static int Write(PoolOverview pool, Span<char> letters)
    {
        for (var number = 0; number < pool.Slots.Count; number++)
        {
            letters[number] = Of(pool.Slots[number]);
        }

        return pool.Slots.Count == 0 && pool.Size > 0 ? -1 : pool.Slots.Count;
    }
}
