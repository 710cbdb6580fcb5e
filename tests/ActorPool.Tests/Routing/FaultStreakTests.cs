using ActorPool.Routing;

namespace ActorPool.Tests.Routing;

/// <summary>Faults in a row, counted from how many leases had ended at each.</summary>
public sealed class FaultStreakTests
{
    [Theory]
    [InlineData("FFF", 3)]
    [InlineData("FFWF", 1)]
    [InlineData("WWWFF", 2)]
    [InlineData("FFFFFFFF", 5)]
    [InlineData("FWFWFW", 1)]
    [InlineData("OOO", 3)]
    [InlineData("OWO", 1)]
    [InlineData("FOFOW", 4)]
    [InlineData("OOWFF", 2)]
    [InlineData("", 0)]
    public void It_is_as_long_as_the_faults_since_a_lease_last_went_well(string story, int length)
    {
        var streak = new FaultStreak(5);
        var ended = 0;
        foreach (var happened in story)
        {
            // F: a lease ends with a fault; W: one goes well; O: an open fails.
            ended += happened == 'O' ? 0 : 1;
            if (happened != 'W')
            {
                streak.Note(ended, isLease: happened == 'F');
            }
        }

        Assert.Equal(length, streak.Length);
    }

    [Fact]
    public void Faults_that_are_heard_of_after_several_leases_have_ended_are_no_successes()
    {
        var streak = new FaultStreak(5);
        for (var i = 0; i < 5; i++)
        {
            streak.Note(ended: 5, isLease: true);
        }

        Assert.Equal(5, streak.Length);
    }

    [Fact]
    public void It_begins_anew_when_cleared()
    {
        var streak = new FaultStreak(3);
        streak.Note(1, isLease: true);
        streak.Note(2, isLease: true);

        streak.Clear();
        Assert.Equal(0, streak.Length);
        streak.Note(3, isLease: true);
        Assert.Equal(1, streak.Length);
    }
}
