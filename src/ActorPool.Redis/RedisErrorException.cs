namespace ActorPool.Redis;

/// <summary>
/// A server's error reply. It was read to its end, so that its connection goes on; only what says that the connection or
/// its server is no longer what it was (<c>LOADING</c>, <c>READONLY</c>, <c>MASTERDOWN</c>, <c>NOAUTH</c>) has it closed
/// when it is returned.
/// </summary>
public sealed class RedisErrorException : Exception
{
    /// <summary>An error as a server writes it.</summary>
    /// <param name="message">The line: its first word, if it is in capitals, is the code.</param>
    public RedisErrorException(string message)
        : this(message, CodeOf(message), innerException: null)
    {
    }

    internal RedisErrorException(string message, string code, Exception? innerException)
        : base(message, innerException) => Code = code;

    /// <summary>The error's first word, such as <c>WRONGPASS</c>, <c>NOAUTH</c>, <c>LOADING</c>, <c>READONLY</c>; <c>ERR</c> if it has no code.</summary>
    public string Code { get; }

    /// <summary>Whether the connection must not be used again.</summary>
    internal bool Condemns => Code is "LOADING" or "READONLY" or "MASTERDOWN" or "NOAUTH";

    static string CodeOf(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var end = message.IndexOf(' ', StringComparison.Ordinal);
        var word = end < 0 ? message : message[..end];
        return word.Length > 0 && word.All(static letter => letter is >= 'A' and <= 'Z' or >= '0' and <= '9' or '_') ? word : "ERR";
    }
}
