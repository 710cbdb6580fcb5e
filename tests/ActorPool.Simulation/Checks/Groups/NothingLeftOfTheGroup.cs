namespace ActorPool.Simulation.Checks.Groups;

/// <summary>A drained group is quiet: nobody waits, no member is left, no slot is in use, no timer is set.</summary>
sealed class NothingLeftOfTheGroup(World world, GroupSubject group) : GroupCheck(world, group)
{
    public override void AtEnd()
    {
        if (Peek.Waiting(Group.Supervisor).Count > 0 || Peek.Leaving(Group.Supervisor).Count > 0 || !Group.Supervisor.IsClosed)
        {
            Fail($"{Peek.Waiting(Group.Supervisor).Count} wait and {Peek.Leaving(Group.Supervisor).Count} are leaving after the end");
        }

        foreach (var member in Group.Members)
        {
            if (member.IsMade && (Peek.Slots(member.Supervisor).InUse > 0 || Peek.Waiters(member.Supervisor).Count > 0 || !member.Supervisor.IsClosedNow))
            {
                Fail($"{member.Name} has {Peek.Slots(member.Supervisor).InUse} slots in use and {Peek.Waiters(member.Supervisor).Count} waiters after the end");
            }
        }

        if (World.Time.NextTimerIn is not null || Group.Supervisor.System.Timers.Count > 0)
        {
            Fail($"{Group.Supervisor.System.Timers.Count} timers of actors are left behind, {(World.Time.NextTimerIn is null ? "no" : "some")} other");
        }
    }
}
