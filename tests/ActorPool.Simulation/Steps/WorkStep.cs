using ActorPool.Actors;
using ActorPool.Connections;

namespace ActorPool.Simulation.Steps;

/// <summary>Some of the work that waits is done: mail, a connector call, a caller who goes on.</summary>
sealed class WorkStep(World world) : Step(world)
{
    public override int Weight => 44;

    public override bool GoesOn => true;

    public override bool TryTake()
    {
        var dispatcher = World.Dispatcher;
        if (dispatcher.Count == 0)
        {
            return false;
        }

        // Half of the time in order: what is always torn apart never gets anywhere.
        var index = Choices.OneIn(2) ? 0 : Choices.Next(dispatcher.Count);
        if (World.Busy.Count > 0)
        {
            // A caller who goes on may want to know why the pool failed, and wait for a turn.
            var first = index;
            while (dispatcher[index] is not (Actor or ConnectorCall))
            {
                index = (index + 1) % dispatcher.Count;
                if (index == first)
                {
                    return false;
                }
            }
        }

        var work = dispatcher.Take(index);
        World.Trace?.Add($"  work: {Describe(work)}");
        work.Execute();
        return true;
    }

    static string Describe(IThreadPoolWorkItem work) => work switch
    {
        Actor actor => $"mail of {actor}",
        ConnectorCall call => $"connector call {call.Step}",
        _ => work.GetType().Name,
    };
}
