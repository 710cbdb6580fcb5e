namespace ActorPool.Budgets;

/// <summary>
/// An engine did not do what it was asked for: it was not reached, or it refused. The message says which engine, what was
/// tried and what to look at. A transaction may have been carried out all the same.
/// </summary>
public sealed class GrantStoreException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">What happened, in one line, without secrets.</param>
    /// <param name="innerException">What caused it; null if nothing did.</param>
    public GrantStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
