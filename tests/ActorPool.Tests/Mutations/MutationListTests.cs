using ActorPool.Mutations;

namespace ActorPool.Tests.Mutations;

/// <summary>The list of breaks fits the sources that it breaks.</summary>
public sealed class MutationListTests
{
    [Fact]
    public void Every_original_occurs_once_in_its_file() => Assert.Empty(
        from mutation in MutationList.All
        let count = mutation.CountIn(Repository.Read(mutation.File))
        where count != 1
        select $"'{mutation.Name}': its original occurs {count} times in {mutation.File}");

    [Fact]
    public void Every_break_breaks_something() => Assert.Empty(
        from mutation in MutationList.All
        where WithoutSpace(mutation.Original) == WithoutSpace(mutation.Replacement)
        select mutation.Name);

    [Fact]
    public void No_two_breaks_have_one_name_or_are_one()
    {
        Assert.Equal(MutationList.All.Count, MutationList.All.DistinctBy(mutation => mutation.Name).Count());
        Assert.Equal(MutationList.All.Count, MutationList.All.DistinctBy(mutation => mutation with { Name = "" }).Count());
    }

    [Fact]
    public void Names_are_sentences_that_a_table_can_hold() => Assert.All(MutationList.All, mutation =>
    {
        Assert.Matches("^[A-Z][^|.\n]+$", mutation.Name);
        Assert.StartsWith("src/ActorPool/", mutation.File, StringComparison.Ordinal);
    });

    [Fact]
    public void There_are_as_many_as_were_promised_and_in_every_part_that_was()
    {
        Assert.InRange(MutationList.All.Count, 40, int.MaxValue);
        Assert.All(
            [
                "Actors/InlineMailbox", "Actors/EffectList", "Actors/TimerQueue", "Connections/ConnectionActor",
                "Endpoints/EndpointSupervisor", "Endpoints/WaiterQueue", "Grants/BudgetActor", "Routing/PoolRouter", "Routing/RoutedAcquire",
            ],
            part => Assert.Contains(MutationList.All, mutation => mutation.File.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_break_whose_original_is_not_there_or_there_twice_is_refused()
    {
        var mutation = new Mutation("Nothing adds up", "src/ActorPool/Sum.cs", "+ 1", "+ 2");

        Assert.Equal("a + 2;", mutation.ApplyTo("a + 1;"));
        Assert.Contains("0 times", Assert.Throws<InvalidOperationException>(() => mutation.ApplyTo("a;")).Message, StringComparison.Ordinal);
        Assert.Contains("2 times", Assert.Throws<InvalidOperationException>(() => mutation.ApplyTo("a + 1 + 1;")).Message, StringComparison.Ordinal);
    }

    static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
