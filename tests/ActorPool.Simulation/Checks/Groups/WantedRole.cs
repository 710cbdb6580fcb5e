using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks.Groups;

/// <summary>
/// Who wants a role is served by a member that has said that it has it: by its last word before the acquire began, or by any
/// after that. A server may change its role and be found out later; and one that was never asked has none.
/// </summary>
sealed class WantedRole(World world, GroupSubject group) : GroupCheck(world, group)
{
    public override void Answered(GroupCall call, PoolSubject? member, Exception? failure)
    {
        var wanted = call.Role switch
        {
            TargetRole.Primary => ReplicaRole.Primary,
            TargetRole.Standby => ReplicaRole.Standby,
            _ => ReplicaRole.Unknown,
        };
        if (member is not null && wanted != ReplicaRole.Unknown && !HasSaid(member, wanted, call.Told))
        {
            Fail($"{call} wanted {call.Role} and was served by {member.Name}, which has not said that it is");
        }
    }

    bool HasSaid(PoolSubject member, ReplicaRole role, int from)
    {
        for (var i = Group.Told.Count - 1; i >= 0; i--)
        {
            var told = Group.Told[i];
            if (ReferenceEquals(told.Member, member) && (told.Role == role || i < from))
            {
                return told.Role == role;
            }
        }

        return false;
    }
}
