using System.Runtime.CompilerServices;

namespace ActorPool.Telemetry.Tests.Otlp;

/// <summary>A value of a metric, for one set of attributes.</summary>
sealed record ReceivedPoint(IReadOnlyDictionary<string, object> Attributes, double Value, ulong Count, IReadOnlyList<ulong> Buckets, IReadOnlyList<double> Bounds)
{
    public static ReceivedPoint OfNumber(ProtoMessage point) => new(
        Attribute.All(point, 7), point.Has(4) ? point.Real(4) : (long)point.Number(6), 0, [], []);

    public static ReceivedPoint OfHistogram(ProtoMessage point) => new(
        Attribute.All(point, 9),
        point.Real(5),
        point.Number(4),
        point.Packed(6),
        [.. point.Packed(7).Select(Unsafe.BitCast<ulong, double>)]);
}
