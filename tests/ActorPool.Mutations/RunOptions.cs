namespace ActorPool.Mutations;

/// <summary>What the command line asks for.</summary>
/// <param name="Seeds">How many seeds each break gets.</param>
/// <param name="From">The first of them.</param>
/// <param name="Only">Part of the names of the breaks that are wanted; null for all.</param>
sealed record RunOptions(int Seeds, long From, string? Only)
{
    /// <summary>The breaks that are wanted, with their numbers in the whole list.</summary>
    public IEnumerable<(int Number, Mutation Mutation)> Chosen() =>
        from entry in MutationList.All.Select((mutation, index) => (Number: index + 1, Mutation: mutation))
        where Only is null || entry.Mutation.Name.Contains(Only, StringComparison.OrdinalIgnoreCase)
        select entry;
}
