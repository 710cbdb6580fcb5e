using ActorPool.Actors;
using ActorPool.TestKit;
using ActorPool.Tests.Actors.Mailbox;
using Xunit.Abstractions;

namespace ActorPool.Tests.Actors;

/// <summary>
/// Every interleaving of small cases of the mailbox's protocol: turns never overlap, each sender's messages run once and in
/// order, and when nobody has anything left to do the mailbox is idle and empty. With any one step taken out, one of these
/// breaks.
/// </summary>
public sealed class MailboxModelTests(ITestOutputHelper output)
{
    // Small plans in which, between them, every mutation shows.
    static readonly MailboxPlan[] MutationPlans = [new("TT/TQ"), new("TP/PT"), new("PPT/TQ"), new("TFT/PT")];

    public static TheoryData<MailboxMutation> Mutations =>
        new(Enum.GetValues<MailboxMutation>().Where(mutation => mutation != MailboxMutation.None));

    [Theory]
    [InlineData("T/T/T", 1, 2, 516)]
    [InlineData("TTT/TTT", 1, 1, 49_267)]
    [InlineData("TPT/PTT", 1, 1, 283_645)]
    [InlineData("TPT/PTQ", 2, 2, 196_836)]
    [InlineData("PPP/PPP", 2, 1, 100_455)]
    [InlineData("TT/TT/TT", 1, 1, 289_853)]
    [InlineData("TTT/TTT/TTT", 1, 0, 3_143_648)]
    [InlineData("TP/PT/T", 1, 1, 1_039_097)]
    [InlineData("PAP/TAT", 1, 1, 85_094)]
    [InlineData("AT/TA/P", 1, 0, 68_787)]
    public void Every_interleaving_keeps_the_promises(string senders, int batch, int spins, int states) =>
        Explore(new MailboxPlan(senders, batch, spins), states);

    [Theory]
    [InlineData("FT/PT", 1, 1, 43_843)]
    [InlineData("TFT/PF", 2, 1, 74_993)]
    [InlineData("F/P/T", 1, 1, 11_222)]
    public void Turns_that_throw_suspend_the_actor_and_lose_nothing(string senders, int batch, int spins, int states) =>
        Explore(new MailboxPlan(senders, batch, spins), states);

    [Theory]
    [InlineData("TP/PT", 1, 1, 49_990)]
    [InlineData("TPT/PQ", 2, 0, 51_353)]
    [InlineData("P/PT/T", 1, 0, 115_973)]
    public void Nodes_that_come_back_to_the_same_place_do_no_harm(string senders, int batch, int spins, int states) =>
        Explore(new MailboxPlan(senders, batch, spins, ReusesNodes: true), states);

    /// <summary>Three senders with three messages of all kinds: tens of millions of states, minutes and gigabytes.</summary>
    [SkippableTheory]
    [InlineData("TTT/TTT/TTT", 1, 1, 14_920_516)]
    [InlineData("PPP/PPP/PPP", 1, 0, 14_582_516)]
    [InlineData("TPT/PTQ/QTP", 1, 0, 57_987_278)]
    [InlineData("TTT/TPT/PTP", 2, 0, 45_034_905)]
    public void Every_interleaving_of_the_largest_cases_keeps_the_promises(string senders, int batch, int spins, int states)
    {
        Skip.If(Environment.GetEnvironmentVariable("ACTORPOOL_LONG_TESTS") != "1", "takes minutes: set ACTORPOOL_LONG_TESTS=1");
        Explore(new MailboxPlan(senders, batch, spins), states, asksForEnds: false);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_step_that_is_taken_out_is_missed(MailboxMutation mutation)
    {
        var found = MutationPlans
            .Select(plan => (plan, search: new MailboxSearch(new MailboxModel(plan, mutation)).Run()))
            .FirstOrDefault(tried => tried.search.Violation is not null);

        Assert.True(found.plan is not null, $"nobody misses it: {mutation}");
        output.WriteLine($"{mutation}, in {found.plan}, after {found.search.States} states: {found.search.Violation}");
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void The_mailbox_itself_does_what_its_model_does(ulong seed)
    {
        var random = new SeededRandom(seed);
        var mailbox = default(InlineMailbox);
        var model = new MailboxByModel();
        var answers = 0;
        for (var operation = 0; operation < 20_000; operation++)
        {
            var chosen = random.Next(model.IsOwned ? 8 : 5);
            var (real, expected) = chosen switch
            {
                0 => (mailbox.LooksIdle, model.LooksIdle()),
                1 => (mailbox.LooksUnfetched, model.LooksUnfetched()),
                2 => (mailbox.TryEnter(), model.TryEnter()),
                3 => (mailbox.TryFetch(), model.TryFetch()),
                4 => model.NextNode() is { } node ? (mailbox.Enqueue(node), model.Enqueue(node)) : (true, true),
                5 => (mailbox.TryLeave(), model.TryLeave()),
                6 => (TakeMail(), true),
                _ => (LeaveWithMail(), true),
            };

            answers += real ? 1 : 0;
            Assert.True(real == expected, $"seed {seed}, operation {operation} ({chosen}): {real}, by the model {expected}");
        }

        Assert.InRange(answers, 1_000, 19_000);

        bool TakeMail()
        {
            var taken = new List<int>();
            for (var node = mailbox.TakeMail(); node is not null; node = node.NextNode)
            {
                taken.Add(((MailboxByModel.Node)node).Number);
            }

            Assert.Equal(model.TakeMail(), taken);
            return true;
        }

        bool LeaveWithMail()
        {
            mailbox.LeaveWithMail();
            model.LeaveWithMail();
            return true;
        }
    }

    /// <summary>The number of states is part of the test: a model that has lost a step has fewer.</summary>
    void Explore(MailboxPlan plan, int states, bool asksForEnds = true)
    {
        var search = new MailboxSearch(new MailboxModel(plan), asksForEnds).Run();

        output.WriteLine($"{plan}: {search.States:N0} states");
        Assert.Null(search.Violation);
        Assert.Equal(states, search.States);
    }
}
