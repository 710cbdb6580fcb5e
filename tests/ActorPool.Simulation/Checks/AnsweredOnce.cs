using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks;

/// <summary>Every caller is answered, and once.</summary>
sealed class AnsweredOnce(World world, PoolSubject pool) : Check(world, pool)
{
    public override void AfterStep()
    {
        foreach (var call in Pool.Calls)
        {
            if (call.Answers > 1)
            {
                Fail($"{call} was answered {call.Answers} times");
            }
        }
    }

    public override void Answered(Call call, Exception? failure)
    {
        if (failure is InvalidOperationException or NullReferenceException)
        {
            Fail($"{call} got {failure.GetType().Name}: {failure.Message}");
        }
    }

    public override void AtEnd()
    {
        foreach (var call in Pool.Calls)
        {
            Fail($"{call} was never answered");
        }

        if (Pool.HasCommands)
        {
            Fail("a command was never answered");
        }
    }
}
