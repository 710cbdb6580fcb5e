namespace ActorPool;

/// <summary>A lease was given to a pool that it is not of. Nothing has happened to it: it is still its holder's, and its own pool's.</summary>
public sealed class ForeignLeaseException : InvalidOperationException
{
    internal ForeignLeaseException(string message)
        : base(message)
    {
    }
}
