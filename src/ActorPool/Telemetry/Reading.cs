namespace ActorPool.Telemetry;

/// <summary>What one metric reads from a pool: one number, or one for each value of an attribute.</summary>
/// <param name="Attribute">The attribute beside the pool's name; null for none.</param>
/// <param name="Values">The attribute's values; one, whatever it is called, if there is no attribute.</param>
/// <param name="Read">The number for the value in this place; <see cref="None"/> if there is none to tell.</param>
/// <param name="IsWorst">Whether pools of one name tell the highest of their numbers; otherwise the sum.</param>
sealed record Reading(string? Attribute, string[] Values, Func<PoolNumbers, int, long> Read, bool IsWorst = false)
{
    /// <summary>In place of a number: nothing to tell.</summary>
    public const long None = long.MinValue;

    public static Reading Of(Func<PoolNumbers, long> read, bool isWorst = false) =>
        new(null, [""], (numbers, _) => read(numbers), isWorst);

    /// <summary>Adds a pool's numbers to those of others of its name.</summary>
    public void Add(PoolNumbers numbers, long[] sums)
    {
        for (var place = 0; place < sums.Length; place++)
        {
            var number = Read(numbers, place);
            sums[place] = number == None ? sums[place]
                : sums[place] == None ? number
                : IsWorst ? Math.Max(sums[place], number)
                : sums[place] + number;
        }
    }
}
