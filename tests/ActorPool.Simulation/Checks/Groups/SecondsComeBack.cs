using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Checks.Groups;

/// <summary>
/// What was granted second, or in the wrong role, is given back: at rest nothing is leased but what callers have or have yet to
/// look at, what is in use, and what is being asked for its role; and at no member anybody waits on behalf of nobody.
/// </summary>
sealed class SecondsComeBack(World world, GroupSubject group) : GroupCheck(world, group)
{
    public override void AtRest()
    {
        var unanswered = 0;
        var known = 0;
        foreach (var call in Group.Calls)
        {
            if (call.Call.Answers == 0)
            {
                unanswered++;
            }
            else if (!call.IsUse)
            {
                known++;
            }
        }

        foreach (var operation in World.Network.Pending)
        {
            known += operation.Kind == OperationKind.Use || operation is { Kind: OperationKind.Role, Connection.RoleQuestions: > 1 } ? 1 : 0;
        }

        var leased = 0;
        var waiting = 0;
        foreach (var member in Group.Members)
        {
            if (member.IsMade)
            {
                leased += member.Supervisor.LeasedNow;
                waiting += member.Supervisor.WaitingNow;
                known += member.Leases.Count;
            }
        }

        if (leased > known)
        {
            Fail($"{leased} connections are leased, and callers know of {known}");
        }

        if (Peek.Waiting(Group.Supervisor).Count > unanswered)
        {
            Fail($"{Peek.Waiting(Group.Supervisor).Count} acquires wait at the group for {unanswered} callers");
        }

        if (waiting > 0 && unanswered == 0 && !AnyIsAsked())
        {
            Fail($"{waiting} wait at members on behalf of nobody");
        }
    }

    bool AnyIsAsked()
    {
        foreach (var member in Group.Supervisor.View.Members)
        {
            if (member.IsRoleAsked)
            {
                return true;
            }
        }

        foreach (var member in Peek.Leaving(Group.Supervisor))
        {
            if (member.IsRoleAsked)
            {
                return true;
            }
        }

        return false;
    }
}
