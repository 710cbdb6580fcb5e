using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorPool.AkkaNet.Messaging;

/// <summary>A message as bytes: the header's length, the header as JSON, and a user's payload as it is.</summary>
static class Envelope
{
    const int LengthSize = sizeof(int);

    public static byte[] Write<THeader>(THeader header, JsonTypeInfo<THeader> type, WirePayload? payload = null)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, type);
        var bytes = new byte[LengthSize + json.Length + (payload?.Bytes.Length ?? 0)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, LengthSize);
        payload?.Bytes.CopyTo(bytes, LengthSize + json.Length);
        return bytes;
    }

    /// <exception cref="SerializationException">These bytes are no such message.</exception>
    public static THeader Read<THeader>(byte[] bytes, JsonTypeInfo<THeader> type, out byte[] payload)
    {
        var length = bytes.Length < LengthSize ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > bytes.Length - LengthSize)
        {
            throw new SerializationException($"A {typeof(THeader).Name} of {bytes.Length} bytes cannot be read: its header would have {length}.");
        }

        payload = bytes[(LengthSize + length)..];
        return JsonSerializer.Deserialize(bytes.AsSpan(LengthSize, length), type)
            ?? throw new SerializationException($"A {typeof(THeader).Name} cannot be read: it is empty.");
    }
}
