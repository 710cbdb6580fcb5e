using System.Globalization;
using System.Text;

namespace ActorPool.Redis.Tests.Protocol;

/// <summary>A reply as text that tells apart whatever differs.</summary>
static class Dump
{
    public static string Of(RedisReply reply) => reply.Kind switch
    {
        RedisReplyKind.Null => "null",
        RedisReplyKind.Integer => $"integer {reply.AsInt64()}",
        RedisReplyKind.Double => $"double {reply.AsDouble().ToString("R", CultureInfo.InvariantCulture)}",
        RedisReplyKind.Boolean => $"boolean {reply.AsBoolean()}",
        RedisReplyKind.Error => $"error {Hex(reply.Span)}",
        RedisReplyKind.Array or RedisReplyKind.Map or RedisReplyKind.Set or RedisReplyKind.Push =>
            $"{reply.Kind}[{string.Join(", ", reply.Items.Select(Of))}]",
        _ => $"{reply.Kind} {Hex(reply.AsMemory().Span)}",
    };

    public static string Hex(ReadOnlySpan<byte> bytes) => bytes.Length > 40
        ? $"{bytes.Length} bytes {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}"
        : Convert.ToHexString(bytes);

    public static string Hex(string text) => Hex(Encoding.UTF8.GetBytes(text));
}
