using ActorPool.Endpoints;
using ActorPool.Simulation;

namespace ActorPool.Tests.Simulation;

/// <summary>The simulation at a pool that is broken: a cell of the transition table is missing.</summary>
[Collection(nameof(BrokenPoolTests))]
[CollectionDefinition(nameof(BrokenPoolTests), DisableParallelization = true)]
public sealed class BrokenPoolTests
{
    [Fact]
    public void A_broken_pool_fails_soon_and_the_failure_is_made_short()
    {
        using var gap = new TableGap(typeof(SlotTransitions), (int)SlotState.Closing, (int)SlotEvent.Opened, "Closing met Opened");
        for (var seed = 1UL; seed <= 2_000; seed++)
        {
            var schedule = new Schedule(seed);
            var trial = new Trial(schedule);
            if (trial.Run() is { } violation)
            {
                var shortest = new Shrinker(schedule, violation, trial.LastStep).Shrink();

                Assert.Equal("TurnsSucceed", violation.Check);
                Assert.True(shortest.Steps!.Length < trial.LastStep, $"{shortest.Steps.Length} of {trial.LastStep} steps are left");
                Assert.Equal(violation.Check, new Trial(shortest).Run()?.Check);
                return;
            }
        }

        Assert.Fail("nothing was found in 2,000 schedules");
    }
}
