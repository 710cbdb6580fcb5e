using ActorPool.Simulation.Callers;
using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Steps.Groups;

/// <summary>A holder is done with what it has of a group, well or not.</summary>
sealed class GroupReleaseStep(World world) : Step(world)
{
    static readonly IOException Fault = new("the holder met a fault");

    public override int Weight => 12;

    public override bool GoesOn => true;

    public override bool TryTake()
    {
        var group = World.Group!;
        if (group.MemberWithLeases() is not { } member)
        {
            return TryReleaseAgain(group);
        }

        var held = Choices.Pick(member.Leases);
        if (held.Lease.IsActive && held.Connection.IsDead)
        {
            held.Connection.LooksDead = true;
        }

        Note($"{held} ends");
        group.End(member, held);
        var isFaulty = held.Lease.IsActive && (held.Connection.IsDead || (!World.HasCleared && Choices.OneIn(5)));
        Release(group, held, isFaulty ? Fault : null);
        return true;
    }

    void Release(GroupSubject group, Held held, IOException? fault)
    {
        switch (Choices.Next(4))
        {
            case 0:
                group.Group.Ref.Tell(new ReleaseLease<SimulatedConnection>(held.Lease, fault));
                break;
            case 1 when fault is null:
                held.Lease.ReturnWithoutReset();
                break;
            default:
                if (fault is not null)
                {
                    Note($"{held} is marked faulty");
                    held.Lease.MarkFaulty(fault);
                }

                held.Lease.Dispose();
                break;
        }
    }

    bool TryReleaseAgain(GroupSubject group)
    {
        if (group.Past.Count == 0 || World.HasCleared)
        {
            return false;
        }

        var held = Choices.Pick(group.Past);
        Note($"{held} is released again");
        held.Lease.Dispose();
        return true;
    }
}
