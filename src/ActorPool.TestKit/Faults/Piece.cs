namespace ActorPool.TestKit.Faults;

/// <summary>Some bytes on their way through the proxy; none for the end of what one end sends.</summary>
readonly record struct Piece(byte[] Bytes, long ReadAt)
{
    public bool IsEnd => Bytes.Length == 0;
}
