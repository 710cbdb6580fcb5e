namespace ActorPool.Routing;

/// <summary>The work of asking a member for its role.</summary>
sealed class RoleQuestion(ReplicaSupervisor group, ReplicaMember member) : IThreadPoolWorkItem
{
    public void Execute() => _ = RunAsync();

    async Task RunAsync()
    {
        var before = member.Role;
        try
        {
            await member.AskRoleAsync().ConfigureAwait(false);
        }
        finally
        {
            group.Post(GroupMessage.RoleAsked(member, before));
        }
    }
}
