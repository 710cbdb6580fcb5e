namespace ActorPool.Http.Exchanges;

/// <summary>What may be done with a request.</summary>
static class Requests
{
    /// <summary>Whether it may be carried out twice: RFC 9110, section 9.2.2.</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace;

    /// <summary>Whether its body can be sent again: there is none, or it is kept in memory.</summary>
    public static bool CanBeSentAgain(HttpRequestMessage request) =>
        request.Content is null or ByteArrayContent or ReadOnlyMemoryContent;
}
