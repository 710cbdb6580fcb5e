namespace ActorPool.Budgets.Book;

/// <summary>The keys of a budget's records.</summary>
static class BookKeys
{
    public const string Book = "book";

    /// <summary>What the keys of all nodes begin with.</summary>
    public const string NodePrefix = "node/";
}
