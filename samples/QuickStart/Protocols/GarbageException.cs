namespace QuickStart;

/// <summary>What came back is no answer to anything.</summary>
sealed class GarbageException(ReadOnlySpan<byte> answer) : Exception($"it answered {Printable.Line(answer)}");
