namespace ActorPool.Budgets.Etcd;

/// <summary>etcd answered, and not with what was asked for.</summary>
/// <param name="code">One of <see cref="GrpcCodes"/>, or another of gRPC; <see cref="GrpcCodes.Unknown"/> if the answer had none.</param>
/// <param name="message">What it said.</param>
sealed class EtcdRefusedException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>Whether it is not etcd's JSON gateway that answered, but whoever stands before it, or a member without one.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether another member may do better: this one has lost its leader, has more to do than it can, is broken, is not there behind whoever answered, or nobody answered it in time.</summary>
    public bool IsOfMember =>
        IsForeign
        || Code is GrpcCodes.Unavailable or GrpcCodes.DeadlineExceeded or GrpcCodes.ResourceExhausted or GrpcCodes.Internal or GrpcCodes.DataLoss
        || Message.Contains("timed out", StringComparison.Ordinal);

    /// <summary>Whether a new login may help: the token is unknown (they live for minutes), missing, or older than the users' last change.</summary>
    public bool IsOfToken => Code == GrpcCodes.Unauthenticated || IsOfTokenText(Message);

    /// <summary>As <see cref="IsOfToken"/>, of a watch, which tells its reason as a text only.</summary>
    public static bool IsOfTokenText(string reason) =>
        reason.Contains("invalid auth token", StringComparison.Ordinal)
        || reason.Contains("user name is empty", StringComparison.Ordinal)
        || reason.Contains("revision of auth store is old", StringComparison.Ordinal);
}
