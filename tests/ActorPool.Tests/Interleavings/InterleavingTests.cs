using ActorPool.Endpoints;
using ActorPool.Stress;

namespace ActorPool.Tests.Interleavings;

/// <summary>
/// The scenarios of <c>tests/ActorPool.Stress -- interleavings</c>, each for a moment, and whether what runs them would notice.
/// </summary>
[Collection(RealThreads.Name)]
public sealed class InterleavingTests
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly ulong Seed = (ulong)Environment.TickCount64;

    public static TheoryData<string, int> EveryScenario
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var scenario in Scenarios.All)
            {
                data.Add(scenario.Name, 2);
                data.Add(scenario.Name, 16);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryScenario))]
    public void Every_scenario_has_only_outcomes_that_its_table_allows(string name, int threads) =>
        AssertGood(ScenarioRun.Run(Scenarios.All.Single(scenario => scenario.Name == name), threads, Moment, Seed));

    // A connection was lost: the next holder's return met an exchange of the earlier one's, and went for a repeated one.
    [Fact]
    public void The_next_holder_can_return_its_lease_whatever_a_copy_of_an_earlier_one_claims() =>
        AssertGood(ScenarioRun.Run(Scenarios.Named("seat-claim-next").Single(), 2, TimeSpan.FromMilliseconds(300), Seed));

    [Fact]
    public void A_lease_is_claimed_once_and_never_after_its_end()
    {
        var slot = new Slot(null!, 0);

        Assert.True(slot.TryClaimReturn(1));
        Assert.False(slot.TryClaimReturn(1));
        slot.RaiseGeneration();
        Assert.False(slot.TryClaimReturn(1));
        Assert.True(slot.TryClaimReturn(2));
    }

    [Fact]
    public void Two_threads_that_count_without_a_lock_are_found_out()
    {
        // It ends at the first count that is lost.
        var result = ScenarioRun.Run(LostCounts(new OutcomeTable("count").Acceptable(new(2), "both were counted")), 2, Patience, Seed);

        Assert.False(result.IsGood);
        Assert.Equal([new Outcome(1)], result.Broken.Select(row => row.Outcome));
        Assert.Contains(result.ToLines(), line => line.Contains("FORBIDDEN", StringComparison.Ordinal) && line.Contains($"seed {Seed}", StringComparison.Ordinal));
    }

    [Fact]
    public void An_outcome_that_a_table_calls_forbidden_is_reported_with_its_reason()
    {
        var table = new OutcomeTable("seen").Acceptable(new(1), "never happens").Forbidden(new(0), "always happens");

        var result = ScenarioRun.Run(Always(table), 2, Moment, Seed);

        Assert.Equal("always happens", Assert.Single(result.Broken).Reason);
        Assert.Equal("never happens", Assert.Single(result.NeverSeen).Reason);
        Assert.Equal(result.Runs, result.Counts[new(0)]);
    }

    [Fact]
    public void Sixteen_threads_are_eight_pairs_or_one_crew()
    {
        var table = new OutcomeTable("seen").Acceptable(new(0), "always happens");

        Assert.Equal((8, 2), ScenarioRun.Run(Always(table), 16, Moment, Seed) is var pairs ? (pairs.Crews, pairs.Actors) : default);
        Assert.Equal((1, 16), ScenarioRun.Run(Always(table, isForAny: true), 16, Moment, Seed) is var crew ? (crew.Crews, crew.Actors) : default);
    }

    [Fact]
    public void What_an_actor_throws_is_reported()
    {
        var thrown = new InvalidDataException("an actor");

        var result = ScenarioRun.Run(Always(new OutcomeTable("seen"), act: (_, _) => throw thrown), 2, Moment, Seed);

        Assert.False(result.IsGood);
        Assert.Same(thrown, result.Error);
    }

    [Fact]
    public void An_actor_that_does_not_come_back_is_reported()
    {
        using var let = new ManualResetEventSlim();

        var result = ScenarioRun.Run(
            Always(new OutcomeTable("seen"), act: (_, _) => let.Wait()), 2, Moment, Seed, patience: TimeSpan.FromMilliseconds(100));

        Assert.True(result.IsStuck);
        Assert.False(result.IsGood);
        let.Set();
    }

    [Fact]
    public async Task The_program_fails_when_any_scenario_had_a_forbidden_outcome()
    {
        var good = Always(new OutcomeTable("seen").Acceptable(new(0), "always happens"));
        var bad = Always(new OutcomeTable("seen"));
        var output = new StringWriter();

        Assert.Equal(0, await new InterleavingStress(Seed, [good], output).RunAsync(Moment));
        Assert.DoesNotContain("FORBIDDEN", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await new InterleavingStress(Seed, [bad, good], output).RunAsync(Moment));
        Assert.Contains("FORBIDDEN", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_says_which_allowed_outcomes_were_never_seen()
    {
        var table = new OutcomeTable("seen").Acceptable(new(0), "always happens").Interesting(new(1), "is never seen");
        var output = new StringWriter();

        Assert.Equal(0, await new InterleavingStress(Seed, [Always(table)], output).RunAsync(Moment));

        Assert.Contains("2 allowed outcomes were never seen", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("always with 2 threads: 1, is never seen", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scenarios_are_found_by_name_or_by_how_their_names_begin()
    {
        Assert.Equal(Scenarios.All.Count, Scenarios.All.Select(scenario => scenario.Name).Distinct().Count());
        Assert.Equal("wait-grant-cancel", Assert.Single(Scenarios.Named("wait-grant-cancel")).Name);
        Assert.Equal(Scenarios.All.Where(scenario => scenario.Name.StartsWith("seat-", StringComparison.Ordinal)), Scenarios.Named("seat"));
        Assert.Equal(Scenarios.All, Scenarios.Named(""));
        Assert.Empty(Scenarios.Named("no such scenario"));
    }

    static Scenario<int[]> LostCounts(OutcomeTable table) => new("lost-counts", "both count")
    {
        NewState = static _ => [0],
        Prepare = static count => count[0] = 0,
        Acts = [static (count, _) => count[0]++, static (count, _) => count[0]++],
        Judge = static count => new(count[0]),
        Outcomes = _ => table,
    };

    static Scenario<object> Always(OutcomeTable table, bool isForAny = false, Action<object, int>? act = null)
    {
        act ??= static (_, _) => { };
        return new("always", "nothing happens")
        {
            NewState = static _ => new(),
            Prepare = static _ => { },
            Acts = isForAny ? [act] : [act, static (_, _) => { }],
            Judge = static _ => new(0),
            Outcomes = _ => table,
        };
    }

    static void AssertGood(ScenarioResult result) => Assert.True(result.IsGood, string.Join('\n', result.ToLines()));
}
