using System.Globalization;
using System.Text;

namespace QuickStart;

/// <summary>
/// Every request is unique (worker, number, random) and every echo says whose it is. All end in the mark of this run, so
/// that even the tail of a stranger's answer gives itself away.
/// </summary>
sealed class EchoProtocol : IProtocol
{
    readonly byte[] _mark = Encoding.ASCII.GetBytes($"@{Random.Shared.Next():x8}\n");

    public bool IsPersonal => true;

    public int Write(Span<byte> buffer, int worker, long number)
    {
        Encoding.ASCII.TryGetBytes(
            string.Create(CultureInfo.InvariantCulture, $"worker {worker} request {number} {Random.Shared.NextInt64():x16}"),
            buffer,
            out var length);
        _mark.CopyTo(buffer[length..]);
        return length + _mark.Length;
    }

    public void Check(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer)
    {
        if (answer.SequenceEqual(request))
        {
            return;
        }

        throw answer[0] != IProtocol.GarbageMark && answer.EndsWith(_mark)
            ? new AnothersReplyException(request, answer)
            : new GarbageException(answer);
    }
}
