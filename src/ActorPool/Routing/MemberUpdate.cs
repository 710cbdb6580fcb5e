namespace ActorPool.Routing;

/// <summary>The work of giving a member the options of now: the group was reconfigured while it was made.</summary>
sealed class MemberUpdate(ReplicaMember member) : IThreadPoolWorkItem
{
    public void Execute() => _ = RunAsync();

    async Task RunAsync()
    {
        try
        {
            await member.ReconfigureAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // closed meanwhile; or options that the member's own Configure has made impossible, which whoever reconfigured the group was told
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
