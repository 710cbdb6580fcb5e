using System.Diagnostics.CodeAnalysis;

namespace ActorPool;

/// <summary>The answer to <see cref="AcquireLease"/>: a lease, or why there is none. A value; asking never throws for the pool's reasons.</summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
public readonly record struct LeaseReply<TConnection>
    where TConnection : class
{
    internal LeaseReply(Lease<TConnection> lease) => Lease = lease;

    internal LeaseReply(Exception failure) => Failure = failure;

    /// <summary>The lease; one that has ended when <see cref="Failure"/> is not null.</summary>
    public Lease<TConnection> Lease { get; }

    /// <summary>Why there is no lease: one of the errors of <see cref="IConnectionPool{TConnection}.AcquireAsync(CancellationToken)"/>. Null on success.</summary>
    public Exception? Failure { get; }

    /// <summary>Whether there is a lease.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;
}
