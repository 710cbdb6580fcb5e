using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks.Groups;

/// <summary>A member that is being drained serves nobody who comes afterwards.</summary>
sealed class NobodyGoneServes(World world, GroupSubject group) : GroupCheck(world, group)
{
    readonly Dictionary<PoolSubject, int> _lastCall = [];

    public override void AfterStep()
    {
        foreach (var member in Group.Members)
        {
            if (member is { IsMade: true, Supervisor.IsClosedNow: true })
            {
                _lastCall.TryAdd(member, World.Calls);
            }
        }
    }

    public override void Answered(GroupCall call, PoolSubject? member, Exception? failure)
    {
        if (member is not null && _lastCall.TryGetValue(member, out var last) && call.Call.Number > last)
        {
            Fail($"{call} was served by {member.Name}, which was being drained before it began");
        }
    }
}
