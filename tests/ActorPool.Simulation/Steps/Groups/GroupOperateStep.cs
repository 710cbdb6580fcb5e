namespace ActorPool.Simulation.Steps.Groups;

/// <summary>Somebody operates a group; rarely, closes it.</summary>
sealed class GroupOperateStep(World world) : Step(world)
{
    public override int Weight => 2;

    public override bool MayInterrupt => false;

    public override bool TryTake()
    {
        switch (Choices.Next(16))
        {
            case 0 or 1 or 2:
                World.Group!.Tell(new PausePool());
                break;
            case 3 or 4 or 5:
                World.Group!.Tell(new ResumePool());
                break;
            case 6 or 7:
                World.Group!.Tell(new EvictConnections(Choices.OneIn(3) ? EvictMode.Hard : EvictMode.Soft));
                break;
            case 8 or 9:
                World.Group!.Tell(new OpenNow());
                break;
            case 10:
                World.Group!.Tell(new WarmUpPool());
                break;
            case 11 when Choices.OneIn(6):
                World.Group!.Drain(Choices.OneIn(2) ? null : Choices.Ms(0, 8));
                break;
            default:
                World.Group!.Tell(new TakeSnapshot());
                break;
        }

        return true;
    }
}
