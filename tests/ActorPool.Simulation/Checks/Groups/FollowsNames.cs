namespace ActorPool.Simulation.Checks.Groups;

/// <summary>Members are who the last lookup found; who is no longer among them is drained, and closed in the end.</summary>
sealed class FollowsNames(World world, GroupSubject group) : GroupCheck(world, group)
{
    public override void AtRest()
    {
        if (!Group.Options.ResolveNames || Group.HasDrained)
        {
            return;
        }

        var members = Group.Supervisor.View.Members;
        if (Group.Names is { Pending.Count: 0, LastAnswer: { } answer } && (members.Length != answer.Count
            || !Array.TrueForAll(members, member => answer.Contains(member.Target.Address.Host))))
        {
            Fail($"the members are {string.Join<object>(", ", members)}, and the name led to {string.Join(", ", answer)}");
        }

        foreach (var member in Group.Members)
        {
            if (member.IsMade && !IsMember(member) && !member.Supervisor.IsClosedNow)
            {
                Fail($"{member.Name} is no member, and is not drained");
            }
        }

        foreach (var member in Peek.Leaving(Group.Supervisor))
        {
            if (Peek.Slots(member.Supervisor).InUse == 0)
            {
                Fail($"{member} is closed, and the group takes it for leaving");
            }
        }
    }

    bool IsMember(PoolSubject subject)
    {
        foreach (var member in Group.Supervisor.View.Members)
        {
            if (ReferenceEquals(member.Supervisor, subject.Supervisor))
            {
                return true;
            }
        }

        return false;
    }
}
