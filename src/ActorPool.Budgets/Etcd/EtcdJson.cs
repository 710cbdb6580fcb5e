using System.Text.Json.Serialization;

namespace ActorPool.Budgets.Etcd;

/// <summary>
/// What is said to etcd's gateway and what it answers, as far as it is used here. Names have underscores, numbers of 64 bits are texts, keys and values are
/// Base64, and what is false, 0 or empty is left out (etcd's <c>rpc.proto</c>, by the rules of grpc-gateway).
/// </summary>
static class EtcdJson
{
    public sealed record TxnRequest(Compare[] Compare, RequestOp[] Success, RequestOp[] Failure);

    public sealed record Compare(byte[] Key, long ModRevision)
    {
        public string Target { get; } = "MOD";

        public string Result { get; } = "EQUAL";
    }

    public sealed record RequestOp(PutRequest? RequestPut = null, DeleteRequest? RequestDeleteRange = null, RangeRequest? RequestRange = null);

    public sealed record PutRequest(byte[] Key, byte[] Value);

    public sealed record DeleteRequest(byte[] Key);

    /// <param name="Key">From here on.</param>
    /// <param name="RangeEnd">Below this; null: the one key.</param>
    /// <param name="Limit">At most so many, in the order of their keys; null: all.</param>
    public sealed record RangeRequest(byte[] Key, byte[]? RangeEnd = null, long? Limit = null)
    {
        public string? SortOrder => Limit is null ? null : "ASCEND";

        public string? SortTarget => Limit is null ? null : "KEY";
    }

    public sealed record TxnResponse(Header? Header, bool Succeeded, ResponseOp[]? Responses);

    public sealed record ResponseOp(RangeResponse? ResponseRange);

    public sealed record RangeResponse(KeyValue[]? Kvs);

    public sealed record KeyValue(byte[] Key, byte[]? Value, long ModRevision);

    public sealed record Header(ulong ClusterId, long Revision);

    /// <summary>No record: it would show the password.</summary>
    public sealed class LoginRequest
    {
        public required string Name { get; init; }

        public required string Password { get; init; }
    }

    /// <summary>No record: it would show the token.</summary>
    public sealed class LoginResponse
    {
        public string? Token { get; init; }
    }

    public sealed record WatchRequest(WatchCreateRequest CreateRequest);

    public sealed record WatchCreateRequest(byte[] Key);

    public sealed record WatchAnswer(WatchResult? Result, Refusal? Error);

    public sealed record WatchResult(bool Created, bool Canceled, string? CancelReason, WatchEvent[]? Events);

    public sealed record WatchEvent;

    /// <param name="Code">A code of gRPC.</param>
    /// <param name="Message">What etcd says.</param>
    public sealed record Refusal(int Code, string? Message);
}
