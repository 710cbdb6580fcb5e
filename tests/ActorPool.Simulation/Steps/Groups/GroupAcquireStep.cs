using ActorPool.Simulation.Network;

namespace ActorPool.Simulation.Steps.Groups;

/// <summary>Callers come to a group: mostly one, now and then a burst; with every way there is to acquire.</summary>
sealed class GroupAcquireStep(World world) : Step(world)
{
    const int CallsMax = 8;

    static readonly string[] Keys = ["ant", "bee", "cat", "dog"];

    static readonly Action<Operation, Exception?> Nobody = static (_, _) => { };

    public override int Weight => 9;

    public override bool TryTake()
    {
        var group = World.Group!;
        if (group.Calls.Count >= CallsMax || !group.MayAcquire || (group.HasDrained && !Choices.OneIn(8)))
        {
            return false;
        }

        for (var callers = Choices.OneIn(6) ? 1 + Choices.Next(5) : 1; callers > 0 && group.Calls.Count < CallsMax; callers--)
        {
            Acquire(group);
        }

        return true;
    }

    void Acquire(GroupSubject group)
    {
        switch (Choices.Next(12))
        {
            case 0:
                group.Try();
                break;
            case 1 when group.MayAcquireAtOnce:
                group.Acquire(new ReplicaRequest(Holder: group.Scope, Key: Key(), Role: Role(group)));
                break;
            case 2 or 3:
                group.Acquire(new ReplicaRequest(Timeout: Choices.Ms(group.MayAcquireAtOnce ? 0 : 1, 8), Key: Key(), Role: Role(group)));
                break;
            case 4 when group.MayAcquireAtOnce:
                var use = group.Begin(group.Options.Role, timeout: null, scope: null, isUse: true, "uses");
                use.Call.Await(group.Group.UseAsync(UseAsync, World, use.Call.Cancellation.Token), World.Calls);
                break;
            case 5 or 6 or 7:
                var asks = group.Begin(group.Options.Role, timeout: null, scope: null, isUse: false, "asks");
                asks.Call.Await(group.Group.Ref.Ask(default, asks.Call.Cancellation.Token), World.Calls);
                break;
            default:
                group.Acquire(new ReplicaRequest(Key: Key(), Role: Role(group)));
                break;
        }
    }

    string? Key() => Choices.OneIn(2) ? Keys[Choices.Next(Keys.Length)] : null;

    TargetRole? Role(GroupSubject group) =>
        group.Options.RoleProbe is not null && Choices.OneIn(2) ? (TargetRole)Choices.Next(5) : null;

    static ValueTask<bool> UseAsync(SimulatedConnection connection, World world, CancellationToken cancellationToken) =>
        world.Network.Begin(OperationKind.Use, connection, Nobody, cancellationToken).Used;
}
