using System.Buffers;
using ActorPool.Redis.Errors;

namespace ActorPool.Redis.Protocol;

/// <summary>
/// What has come from a server, and the replies in it. One that is <b>rented</b> has its memory from the shared pool for
/// the time of an exchange, so that an idle connection holds none; replies then get memory of their own. One that is not
/// keeps its memory from exchange to exchange, and replies stay where they arrived.
/// </summary>
/// <param name="rented">Whether it is rented.</param>
sealed class ReplyBuffer(bool rented)
{
    const int SizeMin = 4 * 1024;
    const int RoomMin = 512;

    // a type and up to eight digits
    const int DigitsMax = 9;

    const int ChunkMax = 64 * 1024;

    // A length that a server claims is believed up to here; what is beyond has to arrive first.
    const int TrustMax = 1024 * 1024;

    byte[] _bytes = [];
    bool _isRented;
    int _start;
    int _end;
    long _received;
    RespScanner _scanner;
    RespLimits _limits;

    /// <summary>Whether something is there that was not read.</summary>
    public bool HasUnread => _start < _end;

    /// <summary>Begins an exchange.</summary>
    public void Begin(in RespLimits limits)
    {
        _limits = limits;
        _scanner.Reset();
        _start = _end = 0;
        if (!rented && _received > _bytes.Length && _received <= TrustMax)
        {
            // as much as last time: then all replies fit at once
            _bytes = GC.AllocateUninitializedArray<byte>((int)_received + RoomMin);
        }

        _received = 0;
    }

    /// <summary>Ends an exchange whose replies were all read.</summary>
    public void End()
    {
        if (!rented)
        {
            return;
        }

        if (_isRented)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        _isRented = false;
        _start = _end = 0;
    }

    /// <summary>Where the next bytes go; at least one.</summary>
    /// <exception cref="RedisProtocolException">The reply is too large.</exception>
    public Memory<byte> Room()
    {
        if (_bytes.Length - _end < RoomMin || _bytes.Length - _start < Math.Min(_scanner.Needed, TrustMax))
        {
            Grow();
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes have come.</summary>
    public void Received(int count)
    {
        _end += count;
        _received += count;
    }

    /// <summary>The next reply; false if it is not whole yet.</summary>
    /// <exception cref="RedisProtocolException">What is there is no reply, or too large.</exception>
    public bool TryRead(out RedisReply reply)
    {
        if (TryReadText(out reply))
        {
            return true;
        }

        if (_start == _end || !_scanner.TryFindEnd(_bytes.AsSpan(_start, _end - _start), _limits, out _))
        {
            reply = default;
            return false;
        }

        reply = RespReader.Read(_bytes, ref _start, copy: _isRented);
        _scanner.Reset();
        return true;
    }

    /// <summary>
    /// The reply that is by far the most frequent, if it is whole: a bulk string of a length that makes sense. Everything
    /// else, and everything that is wrong, is for those who look more closely.
    /// </summary>
    bool TryReadText(out RedisReply reply)
    {
        var bytes = _bytes.AsSpan(_start, _end - _start);
        if (_scanner.Needed == 0 && bytes.Length > 4 && bytes[0] == '$')
        {
            var (length, position) = (0, 1);
            for (; position < DigitsMax && position < bytes.Length && bytes[position] - '0' is >= 0 and <= 9 and var digit; position++)
            {
                length = (10 * length) + digit;
            }

            var text = position + 2;
            var end = text + length;
            if (position > 1 && end + 2 <= Math.Min(bytes.Length, _limits.Bytes)
                && bytes[position] == '\r' && bytes[position + 1] == '\n' && bytes[end] == '\r' && bytes[end + 1] == '\n')
            {
                reply = _isRented
                    ? new RedisReply(RedisReplyKind.BulkString, bytes.Slice(text, length).ToArray(), 0, length)
                    : new RedisReply(RedisReplyKind.BulkString, _bytes, _start + text, length);
                _start += end + 2;
                _scanner.Reset();
                return true;
            }
        }

        reply = default;
        return false;
    }

    /// <summary>Makes room behind what is unread. Memory that replies lie in is left to them.</summary>
    void Grow()
    {
        var unread = _end - _start;
        if (unread > _limits.Bytes)
        {
            throw RedisErrors.TooLarge(_limits.Bytes);
        }

        if (_isRented && _start > 0 && Math.Max(_scanner.Needed, unread) + RoomMin <= _bytes.Length)
        {
            _bytes.AsSpan(_start, unread).CopyTo(_bytes);
        }
        else
        {
            var old = _bytes;
            var size = NextSize(unread);
            var first = rented && old.Length == 0 && size == SizeMin;
            _bytes = first ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
            old.AsSpan(_start, unread).CopyTo(_bytes);
            if (_isRented)
            {
                ArrayPool<byte>.Shared.Return(old);
            }

            _isRented = first;
        }

        _start = 0;
        _end = unread;
    }

    int NextSize(int unread)
    {
        var size = (int)Math.Min(2L * unread, Array.MaxLength);
        if (_scanner.Needed > unread)
        {
            // it is known how much there has to be: not more than that, nor much more than there is
            size = Math.Min(Math.Max(size, TrustMax), _scanner.Needed + RoomMin);
        }

        // replies that are left where they lie want many of their like beside them
        return Math.Max(Math.Max(SizeMin, size), rented ? 0 : Math.Min(2 * _bytes.Length, ChunkMax));
    }
}
