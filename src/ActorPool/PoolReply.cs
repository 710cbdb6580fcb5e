using System.Diagnostics.CodeAnalysis;

namespace ActorPool;

/// <summary>The answer to a <see cref="PoolCommand"/>: the pool's picture after it, or why it could not be carried out.</summary>
public readonly record struct PoolReply
{
    internal PoolReply(PoolSnapshot snapshot) => Snapshot = snapshot;

    internal PoolReply(Exception failure) => Failure = failure;

    /// <summary>The pool when the command was done; null if it failed.</summary>
    public PoolSnapshot? Snapshot { get; }

    /// <summary>Why it failed: a <see cref="PoolException"/>, or an <see cref="ArgumentException"/> about the command. Null on success.</summary>
    public Exception? Failure { get; }

    /// <summary>Whether it was carried out.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    [MemberNotNullWhen(true, nameof(Snapshot))]
    public bool IsSuccess => Failure is null;
}
