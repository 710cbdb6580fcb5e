using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ActorPool.Redis.Protocol;

/// <summary>
/// Commands as they go to a server: an array of bulk strings each. One that is <b>rented</b> has its memory from the shared
/// pool, from the first command until it is cleared.
/// </summary>
/// <param name="rented">Whether it is rented.</param>
sealed class CommandBuffer(bool rented)
{
    const int SizeMin = 512;

    // a sign or type, up to ten digits, a line end; twice, with the one after the text
    const int FrameMax = 1 + 10 + 2 + 2;

    byte[] _bytes = [];
    int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Adds a command.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Add(string command, ReadOnlySpan<RedisArgument> arguments)
    {
        var start = _length;
        try
        {
            var head = Room(FrameMax);
            head[0] = (byte)'*';
            _length += 1 + WriteNumber(head[1..], arguments.Length + 1);
            Add(command);
            foreach (ref readonly var argument in arguments)
            {
                argument.WriteTo(this);
            }
        }
        catch
        {
            _length = start;
            throw;
        }
    }

    public void Add(string text)
    {
        var start = _length;
        if (Ascii.FromUtf16(text, BeginText(text.Length), out var written) == OperationStatus.Done)
        {
            _length += written;
            EndText();
            return;
        }

        _length = start;
        var length = Encoding.UTF8.GetByteCount(text);
        var room = BeginText(length);
        _length += Encoding.UTF8.GetBytes(text, room);
        EndText();
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(BeginText(bytes.Length));
        _length += bytes.Length;
        EndText();
    }

    public void Clear()
    {
        _length = 0;
        if (rented && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    Span<byte> BeginText(int length)
    {
        var room = Room(length + FrameMax);
        room[0] = (byte)'$';
        var head = 1 + WriteNumber(room[1..], length);
        _length += head;
        return room[head..];
    }

    void EndText()
    {
        _bytes[_length++] = (byte)'\r';
        _bytes[_length++] = (byte)'\n';
    }

    static int WriteNumber(Span<byte> room, int number)
    {
        int digits;
        if (number < 10)
        {
            room[0] = (byte)('0' + number);
            digits = 1;
        }
        else
        {
            Utf8Formatter.TryFormat(number, room, out digits);
        }

        room[digits] = (byte)'\r';
        room[digits + 1] = (byte)'\n';
        return digits + 2;
    }

    Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var size = Math.Max(SizeMin, Math.Max(checked(_length + count), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
            var larger = rented ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            if (rented && _bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        return _bytes.AsSpan(_length);
    }
}
