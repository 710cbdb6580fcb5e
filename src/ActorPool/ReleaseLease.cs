namespace ActorPool;

/// <summary>The message that returns a lease: what <see cref="Lease{TConnection}.Dispose"/> does, for those who speak by message.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Fault">If the connection must not be used by anybody else: why.</param>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public readonly record struct ReleaseLease<TConnection>(Lease<TConnection> Lease, Exception? Fault = null)
    where TConnection : class
{
    /// <summary>Does it.</summary>
    internal void Carry()
    {
        if (Fault is { } fault)
        {
            Lease.MarkFaulty(fault);
        }

        Lease.Dispose();
    }
}
