namespace ActorPool.Http.Tests.Support;

/// <summary>A request as it came.</summary>
sealed record RawRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Method => Line.Split(' ')[0];

    public string Target => Line.Split(' ')[1];

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
