namespace ActorPool.Budgets.Book;

/// <summary>A record as it was read, or written.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Record">What it says.</param>
/// <param name="Version">Which state of it.</param>
sealed record Entry<TRecord>(string Key, TRecord Record, long Version)
    where TRecord : class
{
    /// <summary>As it must still be.</summary>
    public GrantExpectation Expected => new(Key, Version);
}
