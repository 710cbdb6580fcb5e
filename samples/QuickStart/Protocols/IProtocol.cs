namespace QuickStart;

/// <summary>What a worker says and which answer it takes for its own. One line there, one line back.</summary>
interface IProtocol
{
    /// <summary>Garbage of the embedded server begins with this: no text does.</summary>
    const byte GarbageMark = 0xFF;

    /// <summary>Whether an answer tells whose it is.</summary>
    bool IsPersonal { get; }

    /// <summary>Writes a request, its line feed included.</summary>
    /// <returns>Its length.</returns>
    int Write(Span<byte> buffer, int worker, long number);

    /// <summary>Throws unless the answer belongs to the request.</summary>
    /// <exception cref="GarbageException">It is no answer to anything.</exception>
    /// <exception cref="AnothersReplyException">It is the answer to somebody else.</exception>
    void Check(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer);
}
