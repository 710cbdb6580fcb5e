namespace QuickStart;

/// <summary>What came back is the answer to somebody else's request: the one thing that a pool must never let happen.</summary>
sealed class AnothersReplyException(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer)
    : Exception($"asked {Printable.Line(request)}, got {Printable.Line(answer)}");
