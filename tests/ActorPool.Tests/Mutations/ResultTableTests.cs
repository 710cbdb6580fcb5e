using ActorPool.Mutations;

namespace ActorPool.Tests.Mutations;

/// <summary>The table says what was found, and what was not.</summary>
public sealed class ResultTableTests
{
    static readonly ResultTable Table = new(new RunOptions(500, 11, null), "abc1234");

    static readonly MutationResult[] Results =
    [
        ResultOf(1, new SimulationVerdict(VerdictKind.Failed, 17, "Fifo", "late")),
        ResultOf(2, new SimulationVerdict(VerdictKind.Passed, null, "", "no seed fails")),
        ResultOf(3, new SimulationVerdict(VerdictKind.Hung, null, "hangs", "no end")),
        ResultOf(4, new SimulationVerdict(VerdictKind.NotBuilt, null, "does not compile", "CS1002")),
    ];

    [Fact]
    public void It_names_the_commit_the_options_and_what_each_break_took() => Assert.Equal(
        """
        Commit abc1234, `--seeds 500 --from 11`: 2 of 4 found.

        | | what is broken | file | found by | seeds |
        | ---: | --- | --- | --- | ---: |
        | 1 | Break 1 | `Actors/Actor.cs` | Fifo | 7 |
        | 2 | Break 2 | `Actors/Actor.cs` | **not found** | > 500 |
        | 3 | Break 3 | `Actors/Actor.cs` | hangs | unknown |
        | 4 | Break 4 | `Actors/Actor.cs` | **does not compile** | – |

        """,
        Table.Render(Results));

    [Fact]
    public void It_takes_the_place_of_the_one_before_and_leaves_the_rest_of_the_page_alone()
    {
        var page = Repository.Read(ResultTable.File);
        var once = Table.PutInto(page, Results);

        Assert.Equal(once, Table.PutInto(once, Results));
        Assert.Contains("| 1 | Break 1 |", once, StringComparison.Ordinal);
        Assert.StartsWith("# Mutations\n", once, StringComparison.Ordinal);
        Assert.EndsWith(page[^10..], once, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_its_marks_is_not_written() =>
        Assert.Throws<InvalidDataException>(() => Table.PutInto("# Mutations\n", Results));

    static MutationResult ResultOf(int number, SimulationVerdict verdict) =>
        new(number, new Mutation($"Break {number}", "src/ActorPool/Actors/Actor.cs", "a", "b"), verdict, TimeSpan.FromSeconds(1));
}
