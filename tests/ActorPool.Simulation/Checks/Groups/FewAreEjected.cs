namespace ActorPool.Simulation.Checks.Groups;

/// <summary>No more members are ejected than their share allows, and none for longer than its time.</summary>
sealed class FewAreEjected(World world, GroupSubject group) : GroupCheck(world, group)
{
    int _ejected;
    int _members;

    public override void AfterStep()
    {
        var members = Group.Supervisor.View.Members;
        var ejected = 0;
        foreach (var member in members)
        {
            ejected += member.IsEjected ? 1 : 0;
        }

        // Members may leave while others are ejected.
        if (ejected > _ejected && ejected > Group.Options.MaxEjectedShare * Math.Max(members.Length, _members))
        {
            Fail($"{ejected} of {members.Length} members are ejected, the share is {Group.Options.MaxEjectedShare:0.00}");
        }

        (_ejected, _members) = (ejected, members.Length);
    }

    public override void AtRest()
    {
        if (Group.HasDrained)
        {
            return;
        }

        foreach (var member in Group.Supervisor.View.Members)
        {
            if (member.IsEjected && (member.EjectedUntilMs <= World.NowMs || Group.Options.EjectAfterFaults == 0))
            {
                Fail($"{member} is ejected {World.NowMs - member.EjectedUntilMs} ms after its time");
            }
        }
    }
}
