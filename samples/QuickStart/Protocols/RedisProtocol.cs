namespace QuickStart;

/// <summary>The smallest talk with a Redis. All answers are alike: a stranger's would go unnoticed.</summary>
sealed class RedisProtocol : IProtocol
{
    public bool IsPersonal => false;

    public int Write(Span<byte> buffer, int worker, long number)
    {
        "PING\r\n"u8.CopyTo(buffer);
        return "PING\r\n"u8.Length;
    }

    public void Check(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer)
    {
        if (!answer.SequenceEqual("+PONG\r\n"u8))
        {
            throw new GarbageException(answer);
        }
    }
}
