using System.Runtime.CompilerServices;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Protocol;

/// <summary>
/// Finds where a reply ends, in bytes that come in pieces: looks at every byte once, however small the pieces are, and
/// checks on the way that it is the protocol. It keeps no more than where it is and, for lists in lists, how many parts
/// each still lacks.
/// </summary>
/// <remarks>The protocol: https://redis.io/docs/latest/develop/reference/protocol-spec. Streamed lengths (<c>$?</c>), which no Redis sends, are refused.</remarks>
struct RespScanner
{
    const int LineEnd = 2;
    const int LeastItem = 3;

    long[]? _missing;
    int _depth;

    // up to where all is understood
    int _position;

    // up to where no line end was found
    int _searched;

    // of a text: its bytes and the line end after them, all still to be skipped
    int _text;

    /// <summary>How many bytes of the reply there must be at least before it can be whole.</summary>
    public readonly int Needed => _position + _text;

    /// <summary>Begins with the next reply.</summary>
    public void Reset()
    {
        _position = 0;
        _searched = 0;
        _text = 0;
        _depth = 0;
    }

    /// <summary>Whether the reply is whole.</summary>
    /// <param name="bytes">All of it that is there, from its beginning.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="length">Its length.</param>
    /// <exception cref="RedisProtocolException">It is no reply, or too large.</exception>
    public bool TryFindEnd(ReadOnlySpan<byte> bytes, in RespLimits limits, out int length)
    {
        while (true)
        {
            if (_text > 0)
            {
                if (bytes.Length - _position < _text)
                {
                    length = 0;
                    return false;
                }

                _position += _text;
                _searched = _position;
                _text = 0;
                if (bytes[_position - 2] != '\r' || bytes[_position - 1] != '\n')
                {
                    throw RedisErrors.TextWithoutEnd();
                }
            }
            else if (!TryTakeLine(bytes, limits, out var line))
            {
                length = 0;
                return false;
            }
            else if (!IsWholeItem(line, limits))
            {
                continue;
            }

            if (IsWhole())
            {
                length = _position;
                return length <= limits.Bytes ? true : throw RedisErrors.TooLarge(limits.Bytes);
            }
        }
    }

    /// <summary>An item is whole: whether the list that it is in is, and so on.</summary>
    bool IsWhole()
    {
        while (_depth > 0)
        {
            if (--_missing![_depth - 1] > 0)
            {
                return false;
            }

            _depth--;
        }

        return true;
    }

    bool TryTakeLine(ReadOnlySpan<byte> bytes, in RespLimits limits, out ReadOnlySpan<byte> line)
    {
        var end = bytes[_searched..].IndexOf((byte)'\n');
        var lineLength = (end < 0 ? bytes.Length : _searched + end) - _position;
        if (lineLength > RespLimits.LineBytes)
        {
            throw RedisErrors.LineTooLong();
        }

        if (end < 0)
        {
            if (lineLength > 0 && !IsType(bytes[_position]))
            {
                throw RedisErrors.NoReply(bytes[_position]);
            }

            _searched = bytes.Length;
            line = default;
            return bytes.Length <= limits.Bytes ? false : throw RedisErrors.TooLarge(limits.Bytes);
        }

        line = bytes.Slice(_position, lineLength);
        if (line is not [_, .., (byte)'\r'])
        {
            throw line.IsEmpty || !IsType(line[0]) ? RedisErrors.NoReply(line.IsEmpty ? (byte)'\n' : line[0]) : RedisErrors.LineWithoutReturn();
        }

        line = line[..^1];
        _position += lineLength + 1;
        _searched = _position;
        return true;
    }

    /// <summary>Understands a line: true if it is a whole item, false if a text or parts have to follow.</summary>
    bool IsWholeItem(ReadOnlySpan<byte> line, in RespLimits limits)
    {
        var rest = line[1..];
        switch (line[0])
        {
            case (byte)'$':
                return IsNull(rest) || ExpectText(rest, limits);
            case (byte)'!' or (byte)'=':
                return ExpectText(rest, limits);
            case (byte)'*':
                return IsNull(rest) || Expect(Count(rest, limits), limits);
            case (byte)'~':
                return Expect(Count(rest, limits), limits);
            case (byte)'>':
                return _depth == 0 ? Expect(Count(rest, limits), limits) : throw RedisErrors.PushInside();
            case (byte)'%':
                return Expect(2 * Count(rest, limits), limits);
            case (byte)'|':
                // an attribute: as many pairs, and then what they are about
                return Expect((2 * Count(rest, limits)) + 1, limits);
            default:
                return IsScalar(line[0], rest) ? true
                    : IsType(line[0]) ? throw RedisErrors.BadValue(line[0])
                    : throw RedisErrors.NoReply(line[0]);
        }
    }

    bool ExpectText(ReadOnlySpan<byte> count, in RespLimits limits)
    {
        if (!RespNumbers.TryParseInteger(count, out var length) || length < 0)
        {
            throw RedisErrors.BadLength();
        }

        if (length > limits.Bytes - _position - LineEnd)
        {
            throw RedisErrors.TooLarge(limits.Bytes);
        }

        _text = (int)length + LineEnd;
        return false;
    }

    readonly long Count(ReadOnlySpan<byte> text, in RespLimits limits)
    {
        if (!RespNumbers.TryParseInteger(text, out var count) || count < 0)
        {
            throw RedisErrors.BadLength();
        }

        // even the smallest parts take some room
        return count <= (limits.Bytes - _position) / LeastItem ? count : throw RedisErrors.TooLarge(limits.Bytes);
    }

    bool Expect(long parts, in RespLimits limits)
    {
        if (parts == 0)
        {
            return true;
        }

        if (_depth >= limits.Depth)
        {
            throw RedisErrors.TooDeep(limits.Depth);
        }

        _missing ??= new long[4];
        if (_depth == _missing.Length)
        {
            Array.Resize(ref _missing, 2 * _depth);
        }

        _missing[_depth++] = parts;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsNull(ReadOnlySpan<byte> count) => count is [(byte)'-', (byte)'1'];

    static bool IsScalar(byte type, ReadOnlySpan<byte> value) => type switch
    {
        (byte)'+' or (byte)'-' => !value.Contains((byte)'\r'),
        (byte)':' => RespNumbers.TryParseInteger(value, out _),
        (byte)'_' => value.IsEmpty,
        (byte)'#' => value is [(byte)'t' or (byte)'f'],
        (byte)',' => RespNumbers.TryParseDouble(value, out _),
        (byte)'(' => RespNumbers.IsBigNumber(value),
        _ => false,
    };

    static bool IsType(byte type) => "$+-:*%~>_#,(=!|"u8.Contains(type);
}
