namespace ActorPool.Telemetry.Tests.Otlp;

/// <summary>A span as it arrived.</summary>
sealed record ReceivedSpan(
    string Scope,
    string Name,
    string TraceId,
    string SpanId,
    string ParentSpanId,
    ulong Kind,
    TimeSpan Took,
    IReadOnlyDictionary<string, object> Attributes,
    IReadOnlyList<string> LinkedSpanIds,
    bool IsError,
    string StatusText)
{
    const int Error = 2;

    public static IEnumerable<ReceivedSpan> All(ProtoMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        let status = span.Messages(15).SingleOrDefault()
        select new ReceivedSpan(
            scope.Message(1).Text(1),
            span.Text(5),
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Number(6),
            TimeSpan.FromTicks((long)(span.Number(8) - span.Number(7)) / 100),
            Attribute.All(span, 9),
            [.. span.Messages(13).Select(static link => link.Hex(2))],
            status?.Number(3) == Error,
            status?.Text(2) ?? "");
}
