using ActorPool.Budgets.Simulation;
using ActorPool.Budgets.Simulation.Planted;
using ActorPool.Budgets.Simulation.Reporting;

namespace ActorPool.Budgets.Tests.Simulation;

/// <summary>The simulation itself: that it repeats itself, that what it found stays mended, that its bugs fit the sources.</summary>
public sealed class SimulationTests
{
    /// <summary>Schedules that failed once, with what was wrong; what a seed means changes with the simulation.</summary>
    [Theory]
    [InlineData(1989UL, "what pools had said of an earlier limit was taken for an answer to the last")]
    [InlineData(1588UL, "a node that joined again counted its beats from the beginning")]
    [InlineData(3366UL, "a fence that was confirmed once was confirmed for ever")]
    [InlineData(37145UL, "a successor used its floor before the engine had found out what was left of its predecessor")]
    [InlineData(18205UL, "a successor used its floor on top of what others had left of its predecessor's")]
    [InlineData(33048UL, "a node that was fenced before it had joined took its floor")]
    [InlineData(45984UL, "what may have been given back was used again, after the engine had forgotten who else had it")]
    [InlineData(1005540UL, "a node that had lost its grants joined again before its pools had closed what they had")]
    [InlineData(52935UL, "a grant that a late connection had kept, and that came back, was taken for one that moves to and fro")]
    [InlineData(4397UL, "a renewal that a restored engine took for good gave a node grants that others had got since")]
    [InlineData(5345UL, "a node that had just lost its grants joined again before its pools had closed what they had")]
    [InlineData(60133UL, "a lease that comes and goes was taken for a share that is lost")]
    [InlineData(67367UL, "a node used what it took of an engine that had just forgotten who else had it")]
    [InlineData(71514UL, "a node used what it had only read that it held, and forgot it when the engine did")]
    public void What_failed_once_holds(ulong seed, string what) => Holds(seed, what);

    [Fact]
    public void Some_more_schedules_hold()
    {
        const ulong from = 30_001;
        for (var seed = from; seed < from + 200; seed++)
        {
            Holds(seed, "a schedule like any other");
        }
    }

    [Fact]
    public void The_same_schedule_leaves_the_same_trace_byte_for_byte()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            Assert.Equal(TraceOf(new Schedule(seed)), TraceOf(new Schedule(seed)));
        }
    }

    [Fact]
    public void A_schedule_of_some_incidents_has_those_alone()
    {
        var trace = TraceOf(new Schedule(7, Incidents: [3, 5]));

        Assert.Contains("incident 3:", trace, StringComparison.Ordinal);
        Assert.Contains("incident 5:", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("incident 4:", trace, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_planted_bug_fits_the_text_that_it_breaks()
    {
        var sources = new BrokenSources();

        Assert.Empty(
            from bug in BugList.All
            from edit in bug.Edits
            let count = sources.Count(edit.File, edit.Original)
            where count != 1
            select $"'{bug.Name}': '{edit.Original}' occurs {count} times in src/{edit.File}");
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
        Assert.True(violation is null, $"seed {seed} ({what}): {violation}; dotnet run -c Release --project tests/ActorPool.Budgets.Simulation -- --seed {seed}");
    }
}
