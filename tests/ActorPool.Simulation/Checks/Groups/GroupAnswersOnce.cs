using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks.Groups;

/// <summary>Every acquire at a group is answered, and once; every command as well.</summary>
sealed class GroupAnswersOnce(World world, GroupSubject group) : GroupCheck(world, group)
{
    public override void AfterStep()
    {
        foreach (var call in Group.Calls)
        {
            if (call.Call.Answers > 1)
            {
                Fail($"{call} was answered {call.Call.Answers} times");
            }
        }
    }

    public override void Answered(GroupCall call, PoolSubject? member, Exception? failure)
    {
        if (failure is InvalidOperationException or NullReferenceException)
        {
            Fail($"{call} got {failure.GetType().Name}: {failure.Message}");
        }
        else if (failure is null && member is null && !call.IsUse)
        {
            Fail($"{call} was served by nobody known");
        }
    }

    public override void AtEnd()
    {
        foreach (var call in Group.Calls)
        {
            Fail($"{call} was never answered");
        }

        if (Group.HasCommands)
        {
            Fail("a command was never answered");
        }
    }
}
