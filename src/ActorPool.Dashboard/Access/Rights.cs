namespace ActorPool.Dashboard.Access;

/// <summary>What a request may do.</summary>
/// <param name="ReadRefusal">Why it may see nothing; null if it may.</param>
/// <param name="OperateRefusal">Why it may do nothing; null if it may.</param>
readonly record struct Rights(string? ReadRefusal, string? OperateRefusal)
{
    public bool MayOperate => OperateRefusal is null;
}
