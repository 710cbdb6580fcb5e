namespace ActorPool.AkkaNet;

/// <summary>
/// The message that condemns a leased connection: what <see cref="Lease{TConnection}.MarkFaulty"/> does. The lease goes on until it is released.
/// </summary>
/// <param name="Lease">A lease of the connection; one that has ended is ignored.</param>
/// <param name="Fault">Why; null if there is nothing more to say.</param>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public sealed record MarkFaulty<TConnection>(Lease<TConnection> Lease, Exception? Fault = null) : ILocalMessage
    where TConnection : class;
