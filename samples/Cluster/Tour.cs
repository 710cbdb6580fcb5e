namespace ClusterSample;

/// <summary>How many workers each node has, and for how long.</summary>
/// <param name="What">For the screen.</param>
/// <param name="Workers">One number for each node.</param>
/// <param name="Shares">What each node has to have in the end, at least.</param>
sealed record Tour(string What, int[] Workers, int[] Shares)
{
    /// <summary>Of a budget of twelve.</summary>
    public static IReadOnlyList<Tour> All { get; } =
    [
        new("all of them have a little to do", [3, 3, 3], [3, 3, 3]),
        new("north is busy, the others rest", [10, 1, 1], [10, 1, 1]),
        new("now it is south", [1, 1, 10], [1, 1, 10]),
        new("everybody wants everything: equal shares", [12, 12, 12], [3, 3, 3]),
        new("only east is left", [0, 12, 0], [0, 12, 0]),
    ];
}
