namespace ActorPool.Dashboard.Live;

/// <summary>The states of a pool's slots as one letter each, in the order of the slots.</summary>
static class SlotLetters
{
    /// <summary>More slots than this are told by their counts alone.</summary>
    public const int Max = 64;

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
    /// <returns>How many there are; -1 if they are too many.</returns>
    public static int Write(PoolSnapshot pool, Span<char> letters)
    {
        letters.Fill(Empty);
        var count = 0;
        foreach (var connection in pool.Connections)
        {
            if (connection.Slot >= Max)
            {
                return -1;
            }

            letters[connection.Slot] = Of(connection.State);
            count = connection.Slot + 1;
        }

        return count;
    }
}
