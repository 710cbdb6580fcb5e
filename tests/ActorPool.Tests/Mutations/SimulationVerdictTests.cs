using ActorPool.Mutations;

namespace ActorPool.Tests.Mutations;

/// <summary>What the simulation says is understood.</summary>
public sealed class SimulationVerdictTests
{
    [Fact]
    public void A_run_without_a_failing_seed_has_found_nothing()
    {
        var verdict = Of(0, "20000 seeds, 4.1 million steps\n");

        Assert.Equal(VerdictKind.Passed, verdict.Kind);
        Assert.False(verdict.IsFound);
        Assert.Null(verdict.Seed);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_line_about_the_failing_seed_tells_seed_check_and_message(string newLine)
    {
        var verdict = Of(1, string.Join(newLine, "seeds from 100 on", "seed 123 failed: NoDoubleLease: slot 3: two holders", "  trace of seed 123 failed: follows", ""));

        Assert.Equal(new SimulationVerdict(VerdictKind.Failed, 123, "NoDoubleLease", "slot 3: two holders"), verdict);
        Assert.True(verdict.IsFound);
    }

    [Fact]
    public void Seeds_are_counted_from_the_first_that_was_tried()
    {
        var mutation = MutationList.All[0];

        Assert.Equal(24, new MutationResult(1, mutation, Of(1, "seed 123 failed: Fifo: late\n"), TimeSpan.Zero).SeedsTaken(from: 100));
        Assert.Null(new MutationResult(1, mutation, Of(0, ""), TimeSpan.Zero).SeedsTaken(from: 100));
    }

    [Theory]
    [InlineData("")]
    [InlineData("something failed\n")]
    [InlineData("seed 1 failed\n")]
    [InlineData("seed 1 failed: Fifo: late\nseed 2 failed: Fifo: late\n")]
    public void A_failure_without_exactly_one_such_line_is_no_finding(string output)
    {
        var verdict = Of(1, output);

        Assert.Equal(VerdictKind.Unreadable, verdict.Kind);
        Assert.False(verdict.IsFound);
    }

    [Fact]
    public void A_run_that_does_not_end_was_noticed_at_a_seed_unknown()
    {
        var verdict = SimulationVerdict.Of(new ProcessEnd(null, "", "", TimeSpan.FromSeconds(120)));

        Assert.Equal(VerdictKind.Hung, verdict.Kind);
        Assert.True(verdict.IsFound);
        Assert.Null(verdict.Seed);
        Assert.Equal("hangs at seed unknown: no end within 120 s", verdict.Message);
    }

    [Fact]
    public void A_run_that_crashes_says_how()
    {
        var verdict = SimulationVerdict.Of(new ProcessEnd(134, "seed 1 failed: Fifo: late", "Stack overflow.\nat A.B()", TimeSpan.Zero));

        Assert.Equal(VerdictKind.Crashed, verdict.Kind);
        Assert.True(verdict.IsFound);
        Assert.Equal("crashes (exit code 134)", verdict.Check);
        Assert.Equal("Stack overflow. at A.B()", verdict.Message);
    }

    static SimulationVerdict Of(int exitCode, string output) =>
        SimulationVerdict.Of(new ProcessEnd(exitCode, output, "", TimeSpan.FromSeconds(1)));
}
