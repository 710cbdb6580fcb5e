namespace ActorPool.Budgets.Etcd;

/// <summary>Those of gRPC's status codes that etcd's answers are told apart by (grpc.github.io/grpc/core/md_doc_statuscodes.html).</summary>
static class GrpcCodes
{
    public const int Unknown = 2;
    public const int DeadlineExceeded = 4;
    public const int PermissionDenied = 7;
    public const int ResourceExhausted = 8;
    public const int Internal = 13;
    public const int Unavailable = 14;
    public const int DataLoss = 15;
    public const int Unauthenticated = 16;

    /// <summary>Whether gRPC has such a code for what went wrong.</summary>
    public static bool IsOne(int code) => code is > 0 and <= Unauthenticated;
}
