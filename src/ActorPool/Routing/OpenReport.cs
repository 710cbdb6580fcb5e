namespace ActorPool.Routing;

/// <summary>How one open of a member went; told once, by whoever knows first.</summary>
sealed class OpenReport(ReplicaSupervisor group, ReplicaMember member)
{
    int _told;

    public void Succeeded() => Tell(GroupMessage.OpenEnded(member, succeeded: true, 0));

    public void Failed() => Tell(GroupMessage.OpenEnded(member, succeeded: false, member.Supervisor.EndedNow));

    void Tell(GroupMessage message)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            group.Post(message);
        }
    }
}
