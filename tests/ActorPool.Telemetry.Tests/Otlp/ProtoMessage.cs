using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace ActorPool.Telemetry.Tests.Otlp;

/// <summary>A protobuf message of any kind: its fields by number, as they came.</summary>
sealed class ProtoMessage
{
    readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtoMessage(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            _fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (field, input.ReadUInt64(), []),
                WireFormat.WireType.Fixed64 => (field, input.ReadFixed64(), []),
                WireFormat.WireType.Fixed32 => (field, input.ReadFixed32(), []),
                WireFormat.WireType.LengthDelimited => (field, 0, input.ReadBytes().ToByteArray()),
                var other => throw new InvalidDataException($"Field {field} has wire type {other}."),
            });
        }
    }

    public bool Has(int field) => _fields.Exists(one => one.Field == field);

    public IEnumerable<ProtoMessage> Messages(int field) => Bytes(field).Select(static bytes => new ProtoMessage(bytes));

    public ProtoMessage Message(int field) => Messages(field).Single();

    public string Text(int field) => string.Concat(Bytes(field).Select(System.Text.Encoding.UTF8.GetString));

    public string Hex(int field) => string.Concat(Bytes(field).Select(Convert.ToHexStringLower));

    public ulong Number(int field) => _fields.Where(one => one.Field == field).Select(static one => one.Number).SingleOrDefault();

    public double Real(int field) => Unsafe.BitCast<ulong, double>(Number(field));

    /// <summary>A packed list of 64-bit numbers.</summary>
    public List<ulong> Packed(int field) =>
        [.. Bytes(field).SelectMany(static bytes => bytes.Chunk(8)).Select(static bytes => BitConverter.ToUInt64(bytes))];

    IEnumerable<byte[]> Bytes(int field) => _fields.Where(one => one.Field == field).Select(static one => one.Bytes);
}
