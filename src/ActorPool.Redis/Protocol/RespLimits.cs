namespace ActorPool.Redis.Protocol;

/// <summary>How much a server may answer to one command.</summary>
/// <param name="Bytes">Of the whole reply.</param>
/// <param name="Depth">Of lists in lists.</param>
readonly record struct RespLimits(int Bytes, int Depth)
{
    /// <summary>Of a line: a length, a number, a status, an error. Redis cuts its own at less.</summary>
    public const int LineBytes = 64 * 1024;
}
