using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using ActorPool.Redis.Errors;
using ActorPool.Redis.Protocol;

namespace ActorPool.Redis;

/// <summary>
/// What a server answered to one command. A small value; <c>default</c> is <see cref="RedisReplyKind.Null"/>.
/// </summary>
/// <remarks>
/// The bytes of a reply that <see cref="RedisConnection"/> gave to a single command are its own for good. Those of a
/// <see cref="RedisPipeline"/> lie in the pipeline's memory and stay as they are until it runs again or is cleared; copy
/// what has to last (<see cref="ToArray"/>, <see cref="AsString"/>).
/// </remarks>
public readonly struct RedisReply
{
    // a text's byte[], an aggregate's RedisReply[], otherwise null
    readonly object? _object;

    // the number, the bits of the double, 0 or 1; or where in its array a text lies: offset above, length below
    readonly long _number;

    readonly RedisReplyKind _kind;

    internal RedisReply(RedisReplyKind kind, long number)
    {
        _kind = kind;
        _number = number;
    }

    internal RedisReply(RedisReplyKind kind, byte[] bytes, int offset, int length)
    {
        _kind = kind;
        _object = bytes;
        _number = ((long)offset << 32) | (uint)length;
    }

    internal RedisReply(RedisReplyKind kind, RedisReply[] items)
    {
        _kind = kind;
        _object = items;
    }

    /// <summary>What it is.</summary>
    public RedisReplyKind Kind => _kind;

    /// <summary>Whether it is nothing: no such key, an aborted transaction.</summary>
    public bool IsNull => _kind == RedisReplyKind.Null;

    /// <summary>Whether it is an error. Every conversion of an error throws it.</summary>
    public bool IsError => _kind == RedisReplyKind.Error;

    /// <summary>
    /// The parts of an array, set or map, a map's keys and values in turns (as RESP2 gives every map). Empty for null.
    /// </summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It has no parts.</exception>
    public IReadOnlyList<RedisReply> Items => _object as RedisReply[] ?? (IsNull ? [] : throw NoConversion("a list"));

    /// <summary>
    /// The bytes of a text (or of a big number), without a copy. Empty for null. How long they last: see
    /// <see cref="RedisReply"/>.
    /// </summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is no text.</exception>
    public ReadOnlyMemory<byte> AsMemory() => IsText && !IsError ? Memory : IsNull ? default : throw NoConversion("bytes");

    /// <summary>A copy of the bytes of a text; null for null.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is no text.</exception>
    public byte[]? ToArray() => IsNull ? null : AsMemory().ToArray();

    /// <summary>The text as UTF-8, or a number in digits; null for null.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is a list.</exception>
    public string? AsString() => _kind switch
    {
        RedisReplyKind.Null => null,
        RedisReplyKind.Integer => _number.ToString(CultureInfo.InvariantCulture),
        RedisReplyKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        RedisReplyKind.Boolean => _number != 0 ? "1" : "0",
        _ => Encoding.UTF8.GetString(AsMemory().Span),
    };

    /// <summary>The whole number: an integer, or a text of digits.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is no whole number of 64 bits, or null.</exception>
    public long AsInt64() => _kind is RedisReplyKind.Integer or RedisReplyKind.Boolean ? _number
        : IsText && !IsError && RespNumbers.TryParseInteger(Span, out var number) ? number
        : throw NoConversion("a whole number");

    /// <summary>The number: a double, an integer, or a text of digits.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is no number, or null.</exception>
    public double AsDouble() => _kind == RedisReplyKind.Double ? Double
        : _kind == RedisReplyKind.Integer ? _number
        : IsText && !IsError && RespNumbers.TryParseDouble(Span, out var number) ? number
        : throw NoConversion("a number");

    /// <summary>The whole number of any size: a big number, an integer, or a text of digits.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is no whole number, or null.</exception>
    public BigInteger AsBigInteger() => _kind == RedisReplyKind.Integer ? _number
        : IsText && !IsError && BigInteger.TryParse(Encoding.ASCII.GetString(Span), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw NoConversion("a whole number");

    /// <summary>True or false: a boolean, or the integers 1 and 0, which is how RESP2 says it.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    /// <exception cref="InvalidCastException">It is neither, or null.</exception>
    public bool AsBoolean() => _kind is RedisReplyKind.Boolean or RedisReplyKind.Integer && _number is 0 or 1
        ? _number == 1
        : throw NoConversion("true or false");

    /// <summary>Itself, unless it is an error.</summary>
    /// <exception cref="RedisErrorException">It is an error.</exception>
    public RedisReply ThrowIfError() => IsError ? throw ToException() : this;

    /// <summary>The error that it is, as the exception that it would throw.</summary>
    /// <exception cref="InvalidOperationException">It is no error.</exception>
    public RedisErrorException ToException() => IsError
        ? new RedisErrorException(Encoding.UTF8.GetString(Span))
        : throw new InvalidOperationException($"The reply is no error but {this}.");

    /// <summary>What it is and, if it is short, what it says: for people.</summary>
    public override string ToString() => _kind switch
    {
        RedisReplyKind.Null => "(null)",
        RedisReplyKind.Error => $"(error) {Encoding.UTF8.GetString(Span)}",
        RedisReplyKind.Array or RedisReplyKind.Set or RedisReplyKind.Map or RedisReplyKind.Push => $"({_kind}, {Items.Count} items)",
        RedisReplyKind.Boolean => _number != 0 ? "true" : "false",
        _ => AsString()!,
    };

    /// <summary>The text's bytes, whatever the text is; only for texts.</summary>
    internal ReadOnlySpan<byte> Span => Memory.Span;

    bool IsText => _object is byte[];

    ReadOnlyMemory<byte> Memory => new((byte[])_object!, (int)(_number >> 32), (int)_number);

    double Double => Unsafe.BitCast<long, double>(_number);

    Exception NoConversion(string wanted) => IsError ? ToException() : RedisErrors.NoConversion(_kind, wanted);
}
