namespace ActorPool.Routing;

/// <summary>The work of nudging a member.</summary>
sealed class MemberNudge(ReplicaMember member) : IThreadPoolWorkItem
{
    public void Execute() => member.Nudge();
}
