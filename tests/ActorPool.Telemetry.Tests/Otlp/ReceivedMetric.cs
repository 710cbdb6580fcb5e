namespace ActorPool.Telemetry.Tests.Otlp;

/// <summary>A metric as it arrived.</summary>
sealed record ReceivedMetric(string Scope, string Name, string Unit, string Description, string Kind, IReadOnlyList<ReceivedPoint> Points)
{
    public static IEnumerable<ReceivedMetric> All(ProtoMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        select Of(scope.Message(1).Text(1), metric);

    static ReceivedMetric Of(string scope, ProtoMessage metric)
    {
        var (kind, points) =
            metric.Has(5) ? ("gauge", metric.Message(5).Messages(1).Select(ReceivedPoint.OfNumber))
            : metric.Has(7) ? (metric.Message(7).Number(3) == 1 ? "counter" : "up-down counter", metric.Message(7).Messages(1).Select(ReceivedPoint.OfNumber))
            : ("histogram", metric.Message(9).Messages(1).Select(ReceivedPoint.OfHistogram));
        return new ReceivedMetric(scope, metric.Text(1), metric.Text(3), metric.Text(2), kind, [.. points]);
    }
}
