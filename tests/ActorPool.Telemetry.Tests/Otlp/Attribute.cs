namespace ActorPool.Telemetry.Tests.Otlp;

/// <summary>Attributes as OTLP has them.</summary>
static class Attribute
{
    public static Dictionary<string, object> All(ProtoMessage owner, int field) => owner.Messages(field).ToDictionary(
        static pair => pair.Text(1),
        static pair => ValueOf(pair.Message(2)),
        StringComparer.Ordinal);

    static object ValueOf(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? value.Number(2) == 1
        : value.Has(3) ? (object)(long)value.Number(3)
        : value.Real(4);
}
