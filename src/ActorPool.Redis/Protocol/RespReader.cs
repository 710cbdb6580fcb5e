using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Protocol;

/// <summary>Makes replies of bytes that a <see cref="RespScanner"/> has found whole.</summary>
static class RespReader
{
    /// <summary>Reads one reply.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="position">Where it begins; afterwards, where it ends.</param>
    /// <param name="copy">Whether texts get memory of their own; otherwise they are left where they are.</param>
    public static RedisReply Read(byte[] bytes, ref int position, bool copy)
    {
        var type = bytes[position++];
        var length = bytes.AsSpan(position).IndexOf((byte)'\r');
        var start = position;
        var line = bytes.AsSpan(start, length);
        position += length + 2;
        switch (type)
        {
            case (byte)'$':
                return line[0] == '-' ? default : Text(RedisReplyKind.BulkString, bytes, ref position, Number(line), copy);
            case (byte)'+':
                return Text(RedisReplyKind.SimpleString, bytes, start, length, copy);
            case (byte)':':
                return new RedisReply(RedisReplyKind.Integer, Number(line));
            case (byte)'*':
                return line[0] == '-' ? default : List(RedisReplyKind.Array, Number(line), bytes, ref position, copy);
            case (byte)'-':
                return Text(RedisReplyKind.Error, bytes, start, length, copy);
            case (byte)'%':
                return List(RedisReplyKind.Map, 2 * Number(line), bytes, ref position, copy);
            case (byte)'~':
                return List(RedisReplyKind.Set, Number(line), bytes, ref position, copy);
            case (byte)'>':
                return List(RedisReplyKind.Push, Number(line), bytes, ref position, copy);
            case (byte)'_':
                return default;
            case (byte)'#':
                return new RedisReply(RedisReplyKind.Boolean, line[0] == 't' ? 1 : 0);
            case (byte)',':
                return RespNumbers.TryParseDouble(line, out var number)
                    ? new RedisReply(RedisReplyKind.Double, BitConverter.DoubleToInt64Bits(number))
                    : throw RedisErrors.BadValue(type);
            case (byte)'(':
                return Text(RedisReplyKind.BigNumber, bytes, start, length, copy);
            case (byte)'!':
                return Text(RedisReplyKind.Error, bytes, ref position, Number(line), copy);
            case (byte)'=':
                return Verbatim(bytes, ref position, Number(line), copy);
            case (byte)'|':
                // what is said about the reply, to whom it may concern: nobody here
                for (var left = 2 * Number(line); left > 0; left--)
                {
                    Read(bytes, ref position, copy: false);
                }

                return Read(bytes, ref position, copy);
            default:
                throw RedisErrors.NoReply(type);
        }
    }

    static RedisReply List(RedisReplyKind kind, long count, byte[] bytes, ref int position, bool copy)
    {
        var items = count == 0 ? [] : new RedisReply[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Read(bytes, ref position, copy);
        }

        return new RedisReply(kind, items);
    }

    static RedisReply Text(RedisReplyKind kind, byte[] bytes, ref int position, long length, bool copy)
    {
        var start = position;
        position += (int)length + 2;
        return Text(kind, bytes, start, (int)length, copy);
    }

    static RedisReply Text(RedisReplyKind kind, byte[] bytes, int start, int length, bool copy) =>
        length == 0 ? new RedisReply(kind, [], 0, 0)
        : copy && kind == RedisReplyKind.SimpleString && length == 2 && bytes.AsSpan(start, 2).SequenceEqual("OK"u8) ? Ok
        : copy ? new RedisReply(kind, bytes.AsSpan(start, length).ToArray(), 0, length)
        : new RedisReply(kind, bytes, start, length);

    // the first three bytes and a colon say what sort of text it is: txt, mkd
    static RedisReply Verbatim(byte[] bytes, ref int position, long length, bool copy)
    {
        var start = position;
        position += (int)length + 2;
        return length >= 4 && bytes[start + 3] == ':'
            ? Text(RedisReplyKind.VerbatimString, bytes, start + 4, (int)length - 4, copy)
            : throw RedisErrors.BadValue((byte)'=');
    }

    static long Number(ReadOnlySpan<byte> text) =>
        RespNumbers.TryParseInteger(text, out var number) ? number : throw RedisErrors.BadLength();

    /// <summary>What servers say most often, and always the same.</summary>
    static readonly RedisReply Ok = new(RedisReplyKind.SimpleString, "OK"u8.ToArray(), 0, 2);
}
