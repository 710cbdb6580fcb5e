using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis;

/// <summary>
/// One argument of a command: a text (sent as UTF-8), bytes, or a number. Made by conversion, so that one writes
/// <c>["key", 42, bytes]</c>. <c>default</c> and a null text are refused when the command is made.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct RedisArgument
{
    readonly string? _text;
    readonly ReadOnlyMemory<byte> _bytes;
    readonly long _number;
    readonly Form _form;

    /// <summary>A text.</summary>
    public RedisArgument(string? text)
    {
        _text = text;
        _form = text is null ? Form.None : Form.Text;
    }

    /// <summary>Bytes; they are copied when the command is made.</summary>
    public RedisArgument(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _form = Form.Bytes;
    }

    /// <summary>A whole number.</summary>
    public RedisArgument(long number)
    {
        _number = number;
        _form = Form.Integer;
    }

    /// <summary>A number, written so that it is read as the same again; infinities as <c>inf</c> and <c>-inf</c>.</summary>
    public RedisArgument(double number)
    {
        _number = BitConverter.DoubleToInt64Bits(number);
        _form = Form.Double;
    }

    enum Form : byte
    {
        None = 0,
        Text,
        Bytes,
        Integer,
        Double,
    }

#pragma warning disable CA2225 // the constructors are the named alternates
    /// <summary>A text.</summary>
    public static implicit operator RedisArgument(string? text) => new(text);

    /// <summary>Bytes.</summary>
    public static implicit operator RedisArgument(byte[]? bytes) => bytes is null ? default : new(bytes.AsMemory());

    /// <summary>Bytes.</summary>
    public static implicit operator RedisArgument(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>Bytes.</summary>
    public static implicit operator RedisArgument(Memory<byte> bytes) => new((ReadOnlyMemory<byte>)bytes);

    /// <summary>A whole number.</summary>
    public static implicit operator RedisArgument(int number) => new((long)number);

    /// <summary>A whole number.</summary>
    public static implicit operator RedisArgument(long number) => new(number);

    /// <summary>A number.</summary>
    public static implicit operator RedisArgument(double number) => new(number);
#pragma warning restore CA2225

    /// <summary>The length of its text or bytes, in no words: an argument may be a secret.</summary>
    public override string ToString() => _form switch
    {
        Form.None => "(null)",
        Form.Text => string.Create(CultureInfo.InvariantCulture, $"({_text!.Length} characters)"),
        Form.Bytes => string.Create(CultureInfo.InvariantCulture, $"({_bytes.Length} bytes)"),
        _ => "(a number)",
    };

    internal void WriteTo(CommandBuffer buffer)
    {
        switch (_form)
        {
            case Form.Text:
                buffer.Add(_text!);
                break;
            case Form.Bytes:
                buffer.Add(_bytes.Span);
                break;
            case Form.Integer:
                Span<byte> digits = stackalloc byte[20];
                Utf8Formatter.TryFormat(_number, digits, out var written);
                buffer.Add(digits[..written]);
                break;
            case Form.Double:
                buffer.Add(TextOf(Unsafe.BitCast<long, double>(_number)));
                break;
            default:
                throw RedisErrors.NullArgument();
        }
    }

    /// <summary>It as a word in capitals, if it can be one of a command's; empty if not.</summary>
    internal string ToWord() => _form switch
    {
        Form.Text when _text!.Length < 32 => _text.ToUpperInvariant(),
        Form.Bytes when _bytes.Length < 32 => Encoding.ASCII.GetString(_bytes.Span).ToUpperInvariant(),
        _ => "",
    };

    /// <summary>It as a number, if it is one.</summary>
    internal double? ToNumber()
    {
        if (_form is Form.Integer or Form.Double)
        {
            return _form == Form.Integer ? _number : Unsafe.BitCast<long, double>(_number);
        }

        return double.TryParse(ToWord(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    static string TextOf(double number) =>
        double.IsPositiveInfinity(number) ? "inf"
        : double.IsNegativeInfinity(number) ? "-inf"
        : number.ToString("R", CultureInfo.InvariantCulture);
}
