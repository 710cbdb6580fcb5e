using ActorPool.Simulation;

namespace ActorPool.Tests.Simulation;

/// <summary>The simulation itself: that it repeats itself, that it finds what is broken, and that what it found stays mended.</summary>
public sealed class SimulationTests
{
    /// <summary>Schedules that failed once, with what was wrong; what a seed means changes with the simulation, the named tests do not.</summary>
    [Theory]
    [InlineData(11UL, "a budget's pool was looked at in the wrong order (the simulation's own)")]
    [InlineData(36UL, "a warm-up that gets no grants: SimulatedTests.A_warm_up_that_gets_no_grants…")]
    [InlineData(101UL, "nobody may wait: SimulatedTests.A_pool_that_lets_nobody_wait…")]
    [InlineData(199UL, "a passer-by and a budget: SimulatedTests.Who_tries_at_a_pool_with_a_budget…")]
    [InlineData(5558UL, "taken back twice: SimulatedTests.A_lease_taken_back_before_its_caller_looked…")]
    [InlineData(5806UL, "a warm-up beyond the maximum: SimulatedTests.A_warm_up_beyond_the_maximum…")]
    [InlineData(7494UL, "late grants: SimulatedTests.Grants_that_come_when_a_pool_has_left…")]
    [InlineData(32781UL, "rounds of the backoff: EndpointHealthTests.A_failure_of_an_open_from_before_the_last_success…")]
    [InlineData(112744UL, "a warm-up and short lives: SimulatedTests.A_warm_up_without_grants_ends_even_if…")]
    [InlineData(208024UL, "idle after a warm-up: SimulatedTests.What_a_long_warm_up_has_opened…")]
    [InlineData(426652UL, "doomed and idle: SimulatedTests.A_leased_connection_that_is_to_close…")]
    [InlineData(796875UL, "outdated when it opens: SimulatedTests.A_connection_that_is_outdated_when_it_opens…")]
    [InlineData(98865891986UL, "left dirty and detached (the simulation's own): CleanForTheNextTests.What_a_return_left_that_came_after…")]
    [InlineData(89UL, "returned by message to a group whose member has left")]
    [InlineData(212UL, "a lease of a group's that was revoked on its way")]
    [InlineData(6867UL, "a member that failed for ever")]
    public void What_failed_once_holds(ulong seed, string what) => Holds(seed, what);

    [Fact]
    public void A_thousand_fresh_schedules_hold()
    {
        var from = Campaign.FreshSeed();
        for (var seed = from; seed < from + 1_000; seed++)
        {
            Holds(seed, "a fresh schedule");
        }
    }

    [Fact]
    public void The_same_schedule_leaves_the_same_trace_byte_for_byte()
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            Assert.Equal(TraceOf(new Schedule(seed)), TraceOf(new Schedule(seed)));
        }
    }

    [Fact]
    public void Every_schedule_has_two_hundred_steps_and_more()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var trial = new Trial(new Schedule(seed));
            Assert.Null(trial.Run());
            Assert.True(trial.Steps >= 200, $"seed {seed} has {trial.Steps} steps");
        }
    }

    [Fact]
    public void A_schedule_of_some_steps_takes_those_alone()
    {
        var trace = TraceOf(new Schedule(7, Steps: [3, 5]));

        Assert.Contains("    3      0 ms", trace, StringComparison.Ordinal);
        Assert.Contains("    5  ", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("    4  ", trace, StringComparison.Ordinal);
    }

    static string TraceOf(Schedule schedule)
    {
        var trace = new Trace();
        new Trial(schedule, trace).Run();
        return trace.ToString();
    }

    static void Holds(ulong seed, string what)
    {
        var violation = new Trial(new Schedule(seed)).Run();
        Assert.True(violation is null, $"seed {seed} ({what}): {violation}; dotnet run -c Release --project tests/ActorPool.Simulation -- --seed {seed}");
    }
}
