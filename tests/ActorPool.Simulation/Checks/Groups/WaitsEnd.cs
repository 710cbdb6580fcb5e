namespace ActorPool.Simulation.Checks.Groups;

/// <summary>Nobody waits at a group beyond its time, or after he gave up, or when it is closed.</summary>
sealed class WaitsEnd(World world, GroupSubject group) : GroupCheck(world, group)
{
    public override void AtRest()
    {
        foreach (var call in Group.Calls)
        {
            if (call.Call.Answers > 0 || call.IsUse)
            {
                continue;
            }

            var waitedMs = World.NowMs - call.Call.BeganMs;
            if (waitedMs >= call.Call.TimeoutMs || call.Call.IsCancelled || Group.HasDrained)
            {
                Fail($"{call} waits for {waitedMs} of {call.Call.TimeoutMs} ms{(call.Call.IsCancelled ? ", and was cancelled" : "")}{(Group.HasDrained ? " at a closed group" : "")}");
            }
        }
    }
}
