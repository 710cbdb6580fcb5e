using System.Buffers;
using System.Text;

namespace ActorPool.Benchmarks.Soak.Subjects;

/// <summary>What is spoken with an echo server: a line there, the same line back.</summary>
static class Lines
{
    const int LineMax = 4096;

    /// <summary>Asks, and reads the answer to its end.</summary>
    /// <exception cref="InvalidDataException">What came is no line, or more than one.</exception>
    public static async ValueTask<string> AskAsync(Stream stream, string question, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LineMax);
        try
        {
            var length = Encoding.ASCII.GetBytes(question, buffer);
            buffer[length++] = (byte)'\n';
            await stream.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            for (var filled = 0; filled < buffer.Length;)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                if (count == 0)
                {
                    throw new EndOfStreamException("The server closed the connection.");
                }

                filled += count;
                if (buffer.AsSpan(0, filled).IndexOf((byte)'\n') is var end and >= 0)
                {
                    return end == filled - 1 ? Encoding.ASCII.GetString(buffer, 0, end) : throw new InvalidDataException("This is more than a line.");
                }
            }

            throw new InvalidDataException("This is no line.");
        }
        finally
        {
            // a read that was cancelled is over when it says so
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
