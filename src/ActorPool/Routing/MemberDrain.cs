namespace ActorPool.Routing;

/// <summary>The work of draining a member that has left its group.</summary>
sealed class MemberDrain(ReplicaSupervisor group, ReplicaMember member) : IThreadPoolWorkItem
{
    public void Execute() => _ = RunAsync();

    async Task RunAsync()
    {
        await member.DrainAsync(deadline: null).ConfigureAwait(false);
        group.Post(GroupMessage.Left(member, member.Supervisor.Overview()));
    }
}
